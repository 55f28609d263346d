// Where answers lie until the server has them: IndexedDB, so that they outlive a reload, a crash and
// a dead battery; where the browser refuses it, localStorage; else memory, and the page says so.
// Beside them notes: what should outlive a reload too (the receipt, what is known of the exam).

const DATABASE = "lantoa-exam";
const ANSWERS = "answers";
const NOTES = "notes";

function request(of) {
  return new Promise((resolve, reject) => {
    of.onsuccess = () => resolve(of.result);
    of.onerror = () => reject(of.error);
  });
}

function openDatabase() {
  const opening = indexedDB.open(DATABASE, 2);
  opening.onupgradeneeded = () => {
    const database = opening.result;
    for (const name of Array.from(database.objectStoreNames)) database.deleteObjectStore(name);
    database.createObjectStore(ANSWERS, { keyPath: "id", autoIncrement: true }).createIndex("attempt", "attempt");
    database.createObjectStore(NOTES);
  };
  return new Promise((resolve, reject) => {
    opening.onblocked = reject; // an old page still has it open
    request(opening).then(resolve, reject);
  });
}

class IndexedStore {
  durable = true;

  constructor(database, attempt) {
    this.database = database;
    this.attempt = attempt;
  }

  // Resolves when it is on the disk.
  write(name, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(name, "readwrite", { durability: "strict" });
      const asked = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  all() {
    const index = this.database.transaction(ANSWERS).objectStore(ANSWERS).index("attempt");
    return request(index.getAll(this.attempt));
  }

  put(entry) {
    return this.write(ANSWERS, (table) => table.put({ ...entry, attempt: this.attempt }));
  }

  remove(id) {
    return this.write(ANSWERS, (table) => table.delete(id));
  }

  note(name, value) {
    return this.write(NOTES, (table) => table.put(value, `${this.attempt} ${name}`));
  }

  noted(name) {
    return request(this.database.transaction(NOTES).objectStore(NOTES).get(`${this.attempt} ${name}`));
  }
}

class SmallStore {
  constructor(attempt) {
    this.key = `lantoa.exam.${attempt}`;
    this.held = { last: 0, answers: [], notes: {} };
    this.durable = false;
    try {
      this.held = JSON.parse(localStorage.getItem(this.key)) || this.held;
      localStorage.setItem(this.key, JSON.stringify(this.held));
      this.durable = true;
    } catch {
      // Memory alone, then.
    }
  }

  write() {
    if (this.durable) localStorage.setItem(this.key, JSON.stringify(this.held));
  }

  async all() {
    return this.held.answers.map((entry) => ({ ...entry }));
  }

  async put(entry) {
    const id = entry.id || (this.held.last += 1);
    this.held.answers = [...this.held.answers.filter((one) => one.id !== id), { ...entry, id }];
    this.held.answers.sort((a, b) => a.id - b.id);
    this.write();
    return id;
  }

  async remove(id) {
    this.held.answers = this.held.answers.filter((one) => one.id !== id);
    this.write();
  }

  async note(name, value) {
    this.held.notes[name] = value;
    this.write();
  }

  async noted(name) {
    return this.held.notes[name];
  }
}

export async function openStore(attempt) {
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  try {
    const store = new IndexedStore(await openDatabase(), attempt);
    await store.all();
    return store;
  } catch {
    return new SmallStore(attempt);
  }
}

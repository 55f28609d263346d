// Where answers lie until the server has them: IndexedDB, so that they outlive a reload, a crash and
// a dead battery; where the browser refuses it, localStorage; else memory, and the page says so.

const DATABASE = "lantoa-exam";
const OUTBOX = "outbox";

function request(of) {
  return new Promise((resolve, reject) => {
    of.onsuccess = () => resolve(of.result);
    of.onerror = () => reject(of.error);
  });
}

function openDatabase() {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () =>
    opening.result.createObjectStore(OUTBOX, { keyPath: ["attempt", "sequence"] });
  return request(opening);
}

class IndexedStore {
  durable = true;

  constructor(database, attempt) {
    this.database = database;
    this.attempt = attempt;
  }

  table(mode) {
    return this.database.transaction(OUTBOX, mode).objectStore(OUTBOX);
  }

  all() {
    const range = IDBKeyRange.bound([this.attempt, 0], [this.attempt, Infinity]);
    return request(this.table("readonly").getAll(range));
  }

  put(entry) {
    return request(this.table("readwrite").put({ ...entry, attempt: this.attempt }));
  }

  remove(sequence) {
    return request(this.table("readwrite").delete([this.attempt, sequence]));
  }
}

class SmallStore {
  constructor(attempt) {
    this.key = `lantoa.exam.${attempt}`;
    this.entries = new Map();
    this.durable = false;
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) || "[]");
      for (const entry of kept) this.entries.set(entry.sequence, entry);
      localStorage.setItem(this.key, JSON.stringify(kept));
      this.durable = true;
    } catch {
      // Memory alone, then.
    }
  }

  write() {
    if (!this.durable) return;
    const entries = [...this.entries.values()];
    if (entries.length) localStorage.setItem(this.key, JSON.stringify(entries));
    else localStorage.removeItem(this.key);
  }

  async all() {
    return [...this.entries.values()].sort((a, b) => a.sequence - b.sequence);
  }

  async put(entry) {
    this.entries.set(entry.sequence, entry);
    this.write();
  }

  async remove(sequence) {
    this.entries.delete(sequence);
    this.write();
  }
}

export async function openStore(attempt) {
  try {
    const store = new IndexedStore(await openDatabase(), attempt);
    await store.all();
    return store;
  } catch {
    return new SmallStore(attempt);
  }
}

"""What is particular to each kind in a Moodle file."""

import html
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from lantoa.items.exchange import shares
from lantoa.items.exchange.moodle_xml import cloze, typed
from lantoa.items.exchange.moodle_xml.texts import PLACE, put, put_file, put_text
from lantoa.items.exchange.rows import Attached, Content, Files, Outgoing

GRADING = {"all": "ALL_OR_NOTHING", "each": "RELATIVE_NEXT_EXCLUDE_LAST"}


@dataclass
class Writing:
    """One question being written."""

    question: Element
    item: Outgoing
    files: Files
    tags: list[str] = field(default_factory=list)
    missed: int = 0

    @property
    def content(self) -> Content:
        return self.item.content

    def miss(self) -> None:
        self.missed += 1

    def is_a(self, moodle_type: str) -> None:
        self.question.set("type", moodle_type)

    def text(self, parent: Element, name: str, markup: str) -> Element:
        return put_text(parent, name, markup, self.files, self.miss)

    def answer(self, share: str, markup: str) -> None:
        child = self.text(self.question, "answer", markup)
        child.set("fraction", share)

    def stem(self) -> str:
        """The question's text; for kinds whose answers stand in it, with them."""
        if self.item.kind == "cloze":
            return cloze.write_text(self.content["text"], self.content["gaps"])
        if self.item.kind == "true_false":
            return cloze.guarded(self.content["stem"]) + self._truths()
        if self.item.kind == "file_task":
            return str(self.content["stem"]) + "".join(link for link, _ in self.handed_out())
        return str(self.content["stem"])

    def _truths(self) -> str:
        rows = []
        for one in self.content["statements"]:
            code = cloze.code_of_truth(one["true"], (shares.TRUE, shares.FALSE))
            rows.append(f"<tr><td>{cloze.guarded(one['text'])}</td><td>{code}</td></tr>")
        return f"{typed.TRUTHS_HEAD}{''.join(rows)}{typed.RUBRIC_TAIL}"

    def handed_out(self) -> list[tuple[str, tuple[str, Attached]]]:
        """Each file that candidates get: its link, and where it lies in the question."""
        found = []
        for at, one in enumerate(self.content["files"], start=1):
            if (attached := self.files(one["file"])) is None:
                continue
            path = f"/{at}/"
            name = html.escape(one["name"], quote=False)
            link = f'<p><a href="{PLACE}{path}{quote(one["name"])}">{name}</a></p>'
            found.append((link, (path, Attached(one["name"], attached.data))))
        return found


def _choice(writing: Writing) -> None:
    content = writing.content
    _choose(writing, content["options"], content["answer"])


def _choose(writing: Writing, options: list[Content], answer: int) -> None:
    writing.is_a("multichoice")
    fixed = all(option.get("fixed") for option in options)
    put(writing.question, "single", "true")
    put(writing.question, "shuffleanswers", "false" if fixed else "true")
    put(writing.question, "answernumbering", "ABCD")
    for at, option in enumerate(options):
        writing.answer("100" if at == answer else "0", option["text"])


def _several(writing: Writing) -> None:
    content = writing.content
    writing.is_a("multichoice")
    fixed = all(option.get("fixed") for option in content["options"])
    put(writing.question, "single", "false")
    put(writing.question, "shuffleanswers", "false" if fixed else "true")
    put(writing.question, "answernumbering", "ABCD")
    for option, share in zip(content["options"], shares.shares_of(content), strict=True):
        writing.answer(share, option["text"])
    writing.tags.append(f"scoring:{content.get('scoring', 'all')}")


def _truths(writing: Writing) -> None:
    writing.is_a("cloze")
    writing.tags += ["kind:true_false", f"scoring:{writing.content.get('scoring', 'each')}"]


def _matching(writing: Writing) -> None:
    content = writing.content
    writing.is_a("matching")
    put(writing.question, "shuffleanswers", "true")
    used = set(content["pairs"])
    rows = [
        (one["text"], content["right"][pair]["text"])
        for one, pair in zip(content["left"], content["pairs"], strict=True)
    ]
    rows += [("", one["text"]) for at, one in enumerate(content["right"]) if at not in used]
    for asked, answer in rows:
        part = writing.text(writing.question, "subquestion", asked)
        # Moodle shows answers as words; our own reading takes the format for what it is.
        writing.text(part, "answer", answer)
    writing.tags.append(f"scoring:{content.get('scoring', 'each')}")


def _ordering(writing: Writing) -> None:
    content = writing.content
    writing.is_a("ordering")
    for name, value in (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", str(len(content["parts"]))),
        ("gradingtype", GRADING[content.get("scoring", "all")]),
        ("showgrading", "SHOW"),
        ("numberingstyle", "none"),
    ):
        put(writing.question, name, value)
    for at, part in enumerate(content["parts"], start=1):
        writing.answer(f"{at}.0000000", part["text"])


def _blank(writing: Writing) -> None:
    gap = writing.content["gap"]
    if gap["type"] == "choice":
        _choose(writing, gap["options"], gap["answer"])
        writing.tags.append("kind:blank")
        return
    if gap["type"] == "number":
        writing.is_a("numerical")
        answer = SubElement(writing.question, "answer", fraction="100")
        put(answer, "text", gap["value"])
        put(answer, "tolerance", gap["tolerance"])
        return
    writing.is_a("shortanswer")
    put(writing.question, "usecase", "0" if gap.get("ignore_case", True) else "1")
    for one in gap["accept"]:
        put(SubElement(writing.question, "answer", fraction="100"), "text", one.replace("*", "\\*"))


def _markers(writing: Writing) -> None:
    content = writing.content
    writing.is_a("ddmarker")
    image = content["image"]
    if (attached := writing.files(image["file"])) is None:
        writing.miss()
    else:
        put_file(writing.question, "/", attached, alt=image.get("alt", ""))
    drag = SubElement(writing.question, "drag")
    for name, value in (("no", "1"), ("text", "●"), ("noofdrags", "1")):
        put(drag, name, value)
    for at, area in enumerate(content["areas"], start=1):
        drop = SubElement(writing.question, "drop")
        shape = "rectangle" if area["shape"] == "rect" else area["shape"]
        for name, value in (
            ("no", str(at)), ("shape", shape), ("coords", _coords(area)), ("choice", "1"),
        ):  # fmt: skip
            put(drop, name, value)


def _coords(area: Content) -> str:
    at = [str(number) for number in area["at"]]
    if area["shape"] == "circle":
        return f"{at[0]},{at[1]};{at[2]}"
    return ";".join(f"{x},{y}" for x, y in zip(at[::2], at[1::2], strict=True))


def _essay(writing: Writing) -> None:
    content, question = writing.content, writing.question
    writing.is_a("essay")
    for name, value in (("responseformat", "editor"), ("responserequired", "1"),
                        ("responsefieldlines", "15"), ("attachments", "0")):  # fmt: skip
        put(question, name, value)
    for name, limit in (("minwordlimit", "least_words"), ("maxwordlimit", "most_words")):
        if content.get(limit):
            put(question, name, str(content[limit]))
    writing.text(question, "graderinfo", _marking(content))


def _file_task(writing: Writing) -> None:
    content, question = writing.content, writing.question
    writing.is_a("essay")
    kinds = ",".join(f".{one}" for one in content["accept"])
    for name, value in (("responseformat", "noinline"), ("responserequired", "0"),
                        ("attachments", "1"), ("attachmentsrequired", "1"),
                        ("filetypeslist", kinds)):  # fmt: skip
        put(question, name, value)
    handed = writing.handed_out()
    writing.missed += len(content["files"]) - len(handed)
    text = question.find("questiontext")
    assert text is not None
    for _, (path, attached) in handed:
        put_file(text, path, attached)
    writing.text(question, "graderinfo", _marking(content))


def _marking(content: Content) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(one['title'], quote=False)}</td><td>{one['points']}</td></tr>"
        for one in content.get("rubric") or ()
    )
    table = f"{typed.RUBRIC_HEAD}{rows}{typed.RUBRIC_TAIL}" if rows else ""
    return str(content.get("sample") or "") + table


BODIES: dict[str, Callable[[Writing], None]] = {
    "single_choice": _choice,
    "multiple_response": _several,
    "true_false": _truths,
    "matching": _matching,
    "ordering": _ordering,
    "blank": _blank,
    "cloze": lambda writing: writing.is_a("cloze"),
    "hotspot": _markers,
    "essay": _essay,
    "file_task": _file_task,
}

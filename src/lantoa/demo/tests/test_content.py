"""The demo's learning content keeps its own promises: complete, well-formed, not guessable."""

import re
import tomllib
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

CONTENT = Path(__file__).resolve().parent.parent / "content"
TOPIC_KEYS = ("t1", "t2", "t3", "t4", "t5")
LESSONS_PER_TOPIC = {"t1": 3, "t2": 4, "t3": 3, "t4": 3, "t5": 4}
QUESTIONS_PER_LESSON = 5
POOL_LEVELS = {"basic": 8, "intermediate": 4}
BODY_SYLLABLES = range(400, 801)
# What the rich-text filter of courses lets through, less what the texts do not need.
ALLOWED_ATTRIBUTES: dict[str, dict[str, re.Pattern[str]]] = {
    **{tag: {} for tag in ("h2", "h3", "p", "ul", "ol", "li", "strong", "em", "blockquote")},
    **{tag: {} for tag in ("table", "thead", "tbody", "tr", "td")},
    "th": {"scope": re.compile(r"col")},
    "a": {"href": re.compile(r"https://[\w./-]+")},
}
# The new placement of tone marks ("hoà", "thuý"): the texts use the old one ("hòa", "thúy").
NEW_TONE_PLACEMENT = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
PERSON_GROUPS = {"leader", "civil_servant", "public_employee", "contract_worker"}

Row = dict[str, Any]


def load(name: str) -> Row:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def topic(key: str) -> Row:
    return load(f"topic-{key.removeprefix('t')}.toml")


def topics() -> list[Row]:
    return [topic(key) for key in TOPIC_KEYS]


def lessons() -> list[Row]:
    return [lesson for row in topics() for lesson in row["lessons"]]


def lesson_questions(row: Row) -> list[Row]:
    return [question for lesson in row["lessons"] for question in lesson["questions"]]


def questions() -> list[Row]:
    return [question for row in topics() for question in lesson_questions(row) + row["pool"]]


def keys_of(rows: list[Row]) -> list[str]:
    return [row["key"] for row in rows]


class Body(HTMLParser):
    """Reads a lesson body: its text, and everything in it that is not allowed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()
        self.faults: list[str] = []
        self.words = 0
        self.open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        self.open.append(tag)
        allowed = ALLOWED_ATTRIBUTES.get(tag)
        if allowed is None:
            self.faults.append(f"<{tag}> is not allowed")
            return
        for name, value in attrs:
            if name not in allowed or not allowed[name].fullmatch(value or ""):
                self.faults.append(f"<{tag} {name}={value!r}> is not allowed")
        missing = set(allowed) - {name for name, _ in attrs}
        self.faults += [f"<{tag}> lacks {name}" for name in sorted(missing)]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        self.words += len(re.findall(r"\w+", data))


def test_programme_names_the_three_parts_and_five_topics() -> None:
    programme = load("programme.toml")
    assert programme["title"] == "Bồi dưỡng chuyển đổi số cho lãnh đạo UBND cấp xã"
    assert keys_of(programme["parts"]) == ["general", "economy", "society"]
    assert tuple(programme["topics"]) == TOPIC_KEYS
    assert [row["part"] for row in topics()] == [
        "general", "general", "economy", "society", "society",
    ]  # fmt: skip


@pytest.mark.parametrize("key", TOPIC_KEYS)
def test_topic_has_its_exact_counts_and_says_it_is_illustrative(key: str) -> None:
    row = topic(key)
    assert row["key"] == key
    assert row["title"].endswith(" (minh họa)")
    assert row["summary"]
    assert keys_of(row["lessons"]) == [
        f"{key}-l{number}" for number in range(1, LESSONS_PER_TOPIC[key] + 1)
    ]
    for lesson in row["lessons"]:
        assert keys_of(lesson["questions"]) == [
            f"{lesson['key']}-q{number}" for number in range(1, QUESTIONS_PER_LESSON + 1)
        ]
    assert keys_of(row["pool"]) == [f"{key}-p{number:02}" for number in range(1, 13)]
    assert Counter(question["level"] for question in row["pool"]) == POOL_LEVELS


def test_keys_and_stems_are_unique() -> None:
    every = questions()
    for field in ("key", "stem"):
        doubles = [v for v, n in Counter(row[field] for row in every).items() if n > 1]
        assert doubles == []
    assert len(set(keys_of(lessons()))) == len(lessons())


@pytest.mark.parametrize("question", questions(), ids=lambda question: question["key"])
def test_question_is_a_sound_single_choice(question: Row) -> None:
    options = question["options"]
    assert 2 <= len(options) <= 4
    assert len({option.casefold().strip() for option in options}) == len(options)
    assert question["answer"] in range(len(options))
    assert question["level"] in POOL_LEVELS
    assert len(question["explanation"].split()) >= 12
    # Options are shuffled, so none may speak about the others' places.
    assert not [o for o in options if re.search(r"tất cả các (ý|đáp án)|cả [AB] và|ý trên", o)]


@pytest.mark.parametrize("key", TOPIC_KEYS)
def test_answers_cannot_be_guessed_from_position_or_length(key: str) -> None:
    row = topic(key)
    for group in (lesson_questions(row), row["pool"]):
        positions = Counter(question["answer"] for question in group)
        assert len(positions) == 4
        assert max(positions.values()) <= len(group) * 0.4
    longest = 0
    wide = [q for q in lesson_questions(row) + row["pool"] if len(q["options"]) > 2]
    for question in wide:
        lengths = [len(option) for option in question["options"]]
        longest += lengths.count(max(lengths)) == 1 and max(lengths) == lengths[question["answer"]]
        assert max(lengths) <= 2 * min(lengths) + 12, question["key"]
    assert longest <= len(wide) * 0.4
    for lesson in row["lessons"]:
        assert len({question["answer"] for question in lesson["questions"]}) >= 3


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson["key"])
def test_lesson_is_a_real_safe_text(lesson: Row) -> None:
    assert 10 <= lesson["minutes"] <= 25
    assert 2 <= len(lesson["objectives"]) <= 4
    assert 2 <= len(lesson["takeaways"]) <= 5
    body = Body(lesson["body"])
    assert body.faults == []
    assert body.words in BODY_SYLLABLES
    assert body.seen["h2"] >= 2
    assert body.seen["table"] == 1


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*.toml")), ids=lambda path: path.name)
def test_text_is_composed_vietnamese(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert NEW_TONE_PLACEMENT.findall(text) == []
    assert re.findall(r"\S {2,}\S| $", text, re.MULTILINE) == []


def test_people_lists_can_name_a_province() -> None:
    people = load("people.toml")
    groups = people["ethnic_groups"]
    assert {"kinh", "tay", "nung", "dao", "san_diu", "mong"} <= set(keys_of(groups))
    assert [group["key"] for group in groups if not group["minority"]] == ["kinh"]
    names = people["names"]
    for group in groups:
        assert group["weight"] > 0
        lists = {**names, **group.get("names", {})}
        assert len(group["family"]) >= 8
        for field in ("male_middle", "female_middle", "male_given", "female_given"):
            assert len(lists[field]) >= 3
        for weights in (group["family"], lists["male_middle"], lists["female_middle"]):
            assert min(weights.values()) > 0


def test_posts_cover_every_group_and_place() -> None:
    posts = load("people.toml")["posts"]
    assert {post["group"] for post in posts} == PERSON_GROUPS
    assert {post["group"] for post in posts if "commune" in post["at"]} == PERSON_GROUPS
    assert len(set(keys_of(posts))) == len(posts)
    heads = [post for post in posts if post["at"] == ["commune"] and post.get("count") == 1]
    assert "Chủ tịch UBND" in {post["title"] for post in heads}
    for post in posts:
        assert ("weight" in post) != ("count" in post)


def test_agencies_are_a_tree_of_distinct_codes() -> None:
    people = load("people.toml")
    agencies = people["agencies"]
    assert 36 <= len(agencies) <= 48
    codes = {agency["code"]: agency for agency in agencies}
    assert len(codes) == len(agencies)
    assert len({agency["name"] for agency in agencies}) == len(agencies)
    posts_at = {place for post in people["posts"] for place in post["at"]}
    for agency in agencies:
        assert re.fullmatch(r"H55(\.\d{2}){1,2}", agency["code"])
        parent = agency["code"].rpartition(".")[0]
        assert parent == "H55" or parent in codes
        assert agency["kind"] in posts_at
        assert agency["staff"] > 0

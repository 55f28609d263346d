"""The course, its questions, and the blueprint of the final test, from `content/`."""

from collections.abc import Sequence
from html import escape
from uuid import UUID, uuid5

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.courses.actions.publish import publish
from lantoa.courses.actions.write_course import create_course
from lantoa.courses.actions.write_pieces import add_activity, add_lesson, add_module
from lantoa.courses.kinds import kind_of
from lantoa.courses.kinds.base import Content
from lantoa.courses.models import CourseVersion, Lesson, Module
from lantoa.courses.queries.checks import activities_by_lesson
from lantoa.courses.queries.outline import outline_of, shape_of
from lantoa.courses.rich_text import clean
from lantoa.demo import cast, content
from lantoa.demo.content import LessonText, Question, Topic
from lantoa.demo.rules.study import LessonAsked, QuestionAsked
from lantoa.demo.scenes.documents import CHECKLIST_TITLE, checklist, opening_video
from lantoa.demo.stage import Stage, Teaching
from lantoa.files.models import StoredFile
from lantoa.frameworks.models import Node
from lantoa.frameworks.queries import framework_by_code
from lantoa.items.actions.blueprints import BlueprintFields, CellFields, create_blueprint
from lantoa.items.actions.create_item import NewItem, create_items
from lantoa.items.models import Blueprint, Item, ItemVersion
from lantoa.kernel import clock

FRAMEWORK = "lanh-dao-xa-2022"
COURSE_CODE = "CDS-LDX"
# The course is the same in every demo: its pieces have the same keys.
KEYS = UUID("6f2b1d3c-0f0e-5c1e-9d0a-1a2b3c4d5e6f")
KIND = "single_choice"
WITH_VIDEO, WITH_DOCUMENT = "t1-l1", "t2-l1"
PER_TOPIC = {Item.Level.BASIC: 4, Item.Level.INTERMEDIATE: 2}
MINUTES, PASS_MARK, ATTEMPTS = 40, 50, 3


@transaction.atomic
def write_course(stage: Stage) -> Teaching:
    """The course and what its questions and test are made of, long before anybody learned."""
    author, examiner = stage.user(cast.AUTHOR.key), stage.user(cast.EXAMINER.key)
    with clock.fixed(stage.moments.installed):
        nodes = {node.code: node for node in framework_by_code(FRAMEWORK).nodes.all()}
        version = _write(stage, author, nodes)
        publish(actor=author, version=version, note="Bản đầu tiên")
        blueprint = _blueprint(stage, examiner, nodes)
    return Teaching(version.course, _asked(version), blueprint)


def _write(stage: Stage, author: User, nodes: dict[str, Node]) -> CourseVersion:
    text = content.programme()
    version = create_course(
        actor=author,
        unit=stage.province,
        code=COURSE_CODE,
        title=f"{text.title} (minh họa)",
        summary=text.description,
    )
    topics = content.topics()
    items = _lesson_items(stage, author, topics, nodes)
    video = opening_video(author)
    files = {WITH_VIDEO: ("video", "Mở đầu", video)} if video else {}
    files[WITH_DOCUMENT] = ("document", CHECKLIST_TITLE, checklist(author))
    for topic in topics:
        module = add_module(
            actor=author,
            version=version,
            title=topic.title,
            part=text.parts[topic.part],
            summary=topic.summary,
            topic=nodes[topic.key],
            key=uuid5(KEYS, topic.key),
        )
        for lesson in topic.lessons:
            _write_lesson(author, module, lesson, items, files)
    return version


def _write_lesson(
    author: User,
    module: Module,
    text: LessonText,
    items: dict[str, ItemVersion],
    files: dict[str, tuple[str, str, StoredFile]],
) -> Lesson:
    lesson = add_lesson(
        actor=author,
        module=module,
        title=text.title,
        minutes=text.minutes,
        key=uuid5(KEYS, text.key),
    )
    pieces: list[tuple[str, str, Content]] = []
    if text.key in files:
        kind, title, file = files[text.key]
        pieces.append((kind, "file", Content(title=title, file=file)))
    reading = ("text", "text", Content(body=clean(lesson_html(text))))
    # One watches first and reads then; what is taken along comes after the text.
    pieces.insert(len(pieces) if pieces and pieces[0][0] == "video" else 0, reading)
    pieces += [
        ("question", question.key, Content(item_version=items[question.key]))
        for question in text.questions
    ]
    for kind, key, piece in pieces:
        add_activity(
            actor=author,
            lesson=lesson,
            kind=kind,
            content=piece,
            key=uuid5(KEYS, f"{text.key}/{key}"),
        )
    return lesson


def lesson_html(text: LessonText) -> str:
    def listed(title: str, lines: Sequence[str]) -> str:
        rows = "".join(f"<li>{escape(line, quote=False)}</li>" for line in lines)
        return f"<h2>{title}</h2><ul>{rows}</ul>"

    before = listed("Học xong bài này, anh/chị có thể", text.objectives)
    return f"{before}{text.body}{listed('Điều cần nhớ', text.takeaways)}"


def _lesson_items(
    stage: Stage, author: User, topics: Sequence[Topic], nodes: dict[str, Node]
) -> dict[str, ItemVersion]:
    asked = [(t, question) for t in topics for lesson in t.lessons for question in lesson.questions]
    versions = create_items(
        actor=author,
        unit=stage.province,
        items=[_new(question, nodes[t.key], Item.Purpose.LESSON) for t, question in asked],
        approve=True,
    )
    keys = [question.key for _, question in asked]
    return dict(zip(keys, versions, strict=True))


def _new(question: Question, topic: Node, purpose: str) -> NewItem:
    return NewItem(KIND, question.content, topic, question.level, purpose)


def _blueprint(stage: Stage, examiner: User, nodes: dict[str, Node]) -> Blueprint:
    topics = content.topics()
    pool = [_new(q, nodes[t.key], Item.Purpose.EXAM) for t in topics for q in t.pool]
    create_items(actor=examiner, unit=stage.province, items=pool, approve=True)
    fields = BlueprintFields(
        title="Bài kiểm tra cuối khóa",
        minutes=MINUTES,
        pass_mark=PASS_MARK,
        attempts_allowed=ATTEMPTS,
    )
    cells = [
        CellFields(nodes[t.key].pk, level.value, n, KIND)
        for t in topics
        for level, n in PER_TOPIC.items()
    ]
    return create_blueprint(actor=examiner, unit=stage.province, fields=fields, cells=cells)


def _asked(version: CourseVersion) -> list[LessonAsked]:
    activities = activities_by_lesson(version)
    lessons = []
    for _, lesson in outline_of(version).lessons():
        here = activities[lesson.pk]
        questions = tuple(
            QuestionAsked(
                activity.key,
                activity.item_version.content["answer"],
                len(activity.item_version.content["options"]),
            )
            for activity in here
            if activity.item_version is not None
        )
        waits = tuple(a.key for a in here if kind_of(a.kind).required)
        lessons.append(LessonAsked(shape_of(lesson, here), questions, waits))
    return lessons

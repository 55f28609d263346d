"""What must be mended before a draft can be published, a sentence for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class LessonDraft:
    title: str
    pass_mark: int
    questions: int
    activities: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModuleDraft:
    title: str
    mandatory: bool
    lessons: tuple[LessonDraft, ...]


@dataclass(frozen=True)
class Problem:
    """`module` and `lesson` are indexes into the draft, None when it concerns the whole."""

    sentence: str
    module: int | None = None
    lesson: int | None = None


def problems(modules: Sequence[ModuleDraft], elective_minimum: int) -> list[Problem]:
    found = []
    if not modules:
        found.append(Problem(_("Khóa học chưa có chuyên đề nào.")))
    electives = sum(not module.mandatory for module in modules)
    if elective_minimum > electives:
        words = {"asked": elective_minimum, "there": electives}
        text = _("Yêu cầu %(asked)s chuyên đề tự chọn nhưng khóa học chỉ có %(there)s.") % words
        found.append(Problem(text))
    for place, module in enumerate(modules):
        if not module.lessons:
            sentence = _("Chuyên đề “%(title)s” chưa có bài nào.") % {"title": module.title}
            found.append(Problem(sentence, place))
        for number, lesson in enumerate(module.lessons):
            found += [Problem(text, place, number) for text in _of_lesson(lesson)]
    return found


def _of_lesson(lesson: LessonDraft) -> list[str]:
    named = {"title": lesson.title, "mark": lesson.pass_mark}
    found = []
    if not lesson.activities:
        found.append(_("Bài “%(title)s” chưa có nội dung.") % named)
    elif lesson.pass_mark and not lesson.questions:
        found.append(_("Bài “%(title)s” đặt mức đạt %(mark)s%% nhưng chưa có câu hỏi.") % named)
    about = _("Bài “%(title)s”: %(problem)s")
    return found + [about % {**named, "problem": text} for text in lesson.problems]

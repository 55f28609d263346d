"""Course drafts and blueprints as a preset outlines them, for an author to fill."""

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.courses.actions.write_course import create_course, edit_course
from lantoa.courses.actions.write_pieces import add_module
from lantoa.courses.models import Course
from lantoa.items.actions.blueprints import BlueprintFields, create_blueprint
from lantoa.people.models import Unit
from lantoa.programmes.actions.programmes import NewRequirement
from lantoa.programmes.presets import CourseOutline, ExamOutline, Preset
from lantoa.programmes.rules import part_of

UNSTATED_MINUTES, UNSTATED_PASS_MARK = 60, 50
"""Where the source says nothing a blueprint needs a value all the same; the user sets it."""


@transaction.atomic
def make_skeletons(
    *, actor: User | None, unit: Unit, code: str, preset: Preset
) -> list[NewRequirement]:
    """Make the preset's courses (drafts) and blueprints (without questions) for a programme."""
    courses = [
        NewRequirement(course=_course(actor, unit, _free_code(code, number), outline))
        for number, outline in enumerate(preset.courses, start=1)
    ]
    exams = [
        NewRequirement(
            blueprint=create_blueprint(
                actor=actor, unit=unit, fields=_fields(exam, preset), cells={}
            ),
            kept_months=exam.kept_months,
        )
        for exam in preset.exams
    ]
    return courses + exams


def _free_code(code: str, number: int) -> str:
    base = f"{code[:30]}-{number}"
    taken = set(Course.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(c for c in (base, *(f"{base}.{n}" for n in range(2, 9999))) if c not in taken)


def _course(actor: User | None, unit: Unit, code: str, outline: CourseOutline) -> Course:
    version = create_course(actor=actor, unit=unit, code=code, title=outline.title)
    for index in range(outline.topics):
        titles = outline.topic_titles
        add_module(
            actor=actor,
            version=version,
            title=titles[index] if titles else _("Chuyên đề %(number)d") % {"number": index + 1},
            part=part_of(index, outline.topics, outline.parts),
            is_mandatory=index < outline.mandatory_topics,
        )
    if outline.elective_minimum:
        edit_course(
            actor=actor,
            version=version,
            title=outline.title,
            summary="",
            elective_minimum=outline.elective_minimum,
        )
    return version.course


def _fields(exam: ExamOutline, preset: Preset) -> BlueprintFields:
    return BlueprintFields(
        title=f"{exam.title} – {preset.title}"[:200],
        minutes=exam.minutes or UNSTATED_MINUTES,
        pass_mark=exam.pass_mark if exam.pass_mark is not None else UNSTATED_PASS_MARK,
        legal_basis=preset.legal_basis,
    )

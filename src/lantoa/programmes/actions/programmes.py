from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.courses.models import Course
from lantoa.items.models import Blueprint
from lantoa.kernel.text import clean
from lantoa.people.models import Unit
from lantoa.programmes.models import Enrolment, Programme, Requirement

CHANGEABLE = frozenset(
    {
        "title",
        "description",
        "legal_basis",
        "grade",
        "hours",
        "certificate_rule",
        "certificate_title",
    }
)


@dataclass(frozen=True)
class NewRequirement:
    """One of the three: a course to finish, a blueprint whose final test is to be passed, or a
    class by its title, so many tiết, of which a share (percent) must be attended."""

    course: Course | None = None
    blueprint: Blueprint | None = None
    kept_months: int | None = None
    title: str = ""
    periods: int | None = None
    attendance: int | None = None

    @property
    def kind(self) -> str:
        if self.title:
            return Requirement.Kind.CLASS
        return Requirement.Kind.COURSE if self.course else Requirement.Kind.EXAM


def _write_requirements(programme: Programme, requirements: Sequence[NewRequirement]) -> None:
    courses = [r.course.pk for r in requirements if r.course]
    if len(set(courses)) != len(courses):
        raise ValidationError(_("Một khóa học chỉ được chọn một lần trong chương trình."))
    Requirement.objects.bulk_create(
        Requirement(
            programme=programme,
            position=position,
            kind=new.kind,
            course=new.course,
            blueprint=new.blueprint,
            kept_months=new.kept_months,
            title=new.title,
            periods=new.periods,
            attendance=new.attendance,
        )
        for position, new in enumerate(requirements, start=1)
    )


def _described(requirements: Sequence[NewRequirement]) -> list[dict[str, Any]]:
    return [
        {
            "course": r.course.pk if r.course else None,
            "blueprint": r.blueprint.pk if r.blueprint else None,
            "class": r.title,
        }
        for r in requirements
    ]


@transaction.atomic
def create_programme(
    *,
    actor: User | None,
    unit: Unit,
    code: str,
    title: str,
    requirements: Sequence[NewRequirement] = (),
    preset: str = "",
    **details: Any,
) -> Programme:
    """Make a programme of a unit. `details`: any of `CHANGEABLE`.

    Raises ValidationError by field when the code is taken or the title is empty.
    """
    if unknown := set(details) - CHANGEABLE:
        raise TypeError(f"not a detail of a programme: {sorted(unknown)}")
    code, title = clean(code), clean(title)
    if not title:
        raise ValidationError({"title": _("Hãy nhập tên chương trình.")})
    if Programme.objects.filter(code=code).exists():
        raise ValidationError({"code": _("Mã này đã được dùng cho một chương trình khác.")})
    programme = Programme.objects.create(
        unit=unit,
        code=code,
        title=title,
        preset=preset,
        created_by_id=actor.pk if actor else None,
        **details,
    )
    _write_requirements(programme, requirements)
    record(
        actor=actor,
        action="programmes.create_programme",
        on=programme,
        data={"code": code, "preset": preset, "requirements": _described(requirements)},
    )
    return programme


@transaction.atomic
def change_programme(
    *,
    actor: User | None,
    programme: Programme,
    changes: Mapping[str, Any] | None = None,
    requirements: Sequence[NewRequirement] | None = None,
) -> Programme:
    """Change what a programme says and, as long as nobody is enrolled, what it asks.

    People are judged by what was asked when they began, so requirements stand once a cohort has
    enrolments (withdrawn ones too: their outcomes point at the requirements).
    """
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    changed = {k: v for k, v in (changes or {}).items() if getattr(locked, k) != v}
    if unknown := set(changed) - CHANGEABLE:
        raise TypeError(f"not a detail of a programme: {sorted(unknown)}")
    data: dict[str, Any] = {"changed": sorted(changed)}
    if requirements is not None:
        if Enrolment.objects.filter(cohort__programme=locked).exists():
            raise ValidationError(
                _(
                    "Chương trình đã có người ghi danh nên không đổi được khóa học và bài "
                    "kiểm tra. Hãy lập một chương trình mới cho đợt sau."
                )
            )
        locked.requirements.all().delete()
        _write_requirements(locked, requirements)
        data["requirements"] = _described(requirements)
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=[*changed] or None)
    record(actor=actor, action="programmes.change_programme", on=locked, data=data)
    return locked

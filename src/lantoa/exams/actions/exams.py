"""Making and changing exams."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.models import Exam
from lantoa.exams.queries.exams import is_settled
from lantoa.exams.refusals import Refused
from lantoa.items.models import Blueprint, Form
from lantoa.people.models import Unit
from lantoa.programmes.models import Cohort, Requirement


class NotNow(Refused):
    """The step isn't possible as things stand; the sentence says why."""


@dataclass(frozen=True)
class ExamFields:
    title: str
    entry: str = Exam.Entry.ACCOUNT
    moves: str = Exam.Moves.FREE
    late_policy: str = Exam.Late.GRACE
    grace_seconds: int = 120
    release: str = Exam.Release.IMMEDIATE
    difference_percent: int = 20
    all_on_one_page: bool = False
    instructions: str = ""
    seb_config_keys: list[str] = field(default_factory=list)
    seb_exam_keys: list[str] = field(default_factory=list)
    legal_basis: str = ""


@transaction.atomic
def create_exam(
    *,
    actor: User | None,
    unit: Unit,
    blueprint: Blueprint,
    fields: ExamFields,
    forms: Sequence[Form] = (),
    bound_to: tuple[Cohort, Requirement] | None = None,
) -> Exam:
    """`forms` empty: one is drawn for each candidate. `bound_to`: it is the final test of a cohort,
    and results are told to its programme."""
    cohort, requirement = bound_to or (None, None)
    exam = Exam.objects.create(
        unit=unit,
        blueprint=blueprint,
        cohort=cohort,
        requirement=requirement,
        created_by_id=actor.pk if actor else None,
        **asdict(fields),
    )
    exam.forms.set(_usable(blueprint, forms))
    data = {"blueprint": blueprint.pk, "forms": [form.pk for form in forms]}
    record(actor=actor, action="exams.create_exam", on=exam, data=data)
    return exam


def _usable(blueprint: Blueprint, forms: Sequence[Form]) -> Sequence[Form]:
    for form in forms:
        if form.blueprint_id != blueprint.pk or form.bundle_id is None:
            raise NotNow(_("Chỉ dùng được đề đã ban hành của đúng ma trận đề này."))
    return forms


@transaction.atomic
def change_exam(
    *, actor: User | None, exam: Exam, fields: ExamFields, forms: Sequence[Form] | None = None
) -> Exam:
    """`forms` None: as they are. Raises NotNow when papers are dealt already and the forms would
    change."""
    locked = Exam.objects.select_for_update().get(pk=exam.pk)
    before = {name: getattr(locked, name) for name in asdict(fields)}
    changed = sorted(name for name, value in asdict(fields).items() if before[name] != value)
    for name in changed:
        setattr(locked, name, getattr(fields, name))
    if changed:
        locked.save(update_fields=changed)
    if forms is not None and _change_forms(locked, forms):
        changed.append("forms")
    if changed:
        record(actor=actor, action="exams.change_exam", on=locked, data=_told(locked, changed))
    return locked


def _change_forms(exam: Exam, forms: Sequence[Form]) -> bool:
    if {form.pk for form in forms} == set(exam.forms.values_list("pk", flat=True)):
        return False
    if is_settled(exam):
        raise NotNow(
            _("Đề đã chia cho thí sinh nên không đổi được. Hãy hủy mở sẵn các ca thi trước.")
        )
    exam.forms.set(_usable(exam.blueprint, forms))
    return True


def _told(exam: Exam, changed: Sequence[str]) -> dict[str, Any]:
    forms = list(exam.forms.values_list("pk", flat=True)) if "forms" in changed else None
    return {"changed": list(changed)} | ({"forms": forms} if forms is not None else {})


@transaction.atomic
def remove_exam(*, actor: User | None, exam: Exam) -> None:
    """Take back an exam that nothing was held of. Raises NotNow."""
    if exam.sittings.exists():
        raise NotNow(_("Kỳ thi đã có ca thi; hãy xóa các ca thi chưa ai làm trước."))
    record(actor=actor, action="exams.remove_exam", on=exam, data={"title": exam.title})
    exam.delete()

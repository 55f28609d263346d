"""A class's tests, and the points that are typed or brought by a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.actions.classes import locked_open
from lantoa.classes.models import ClassTest, Member, Score, ScoreChange, TrainingClass
from lantoa.classes.rules.points import shown
from lantoa.kernel import clock
from lantoa.kernel.text import clean


@dataclass(frozen=True)
class Given:
    """Points for a member, and what stood when they were typed."""

    member: Member
    points: Decimal | None
    was: Decimal | None


@transaction.atomic
def add_test(
    *, actor: User | None, training_class: TrainingClass, fields: Mapping[str, Any]
) -> ClassTest:
    """`fields`: name, held_on, greatest, pass_mark, required. Raises ValidationError by field."""
    made = ClassTest(training_class=locked_open(training_class))
    _fill(made, fields)
    made.save()
    record(actor=actor, action="classes.add_test", on=made.training_class, data={"test": made.pk})
    return made


@transaction.atomic
def change_test(*, actor: User | None, test: ClassTest, fields: Mapping[str, Any]) -> None:
    """Raises ValidationError by field: somebody has more points than would be possible."""
    locked = locked_open(test.training_class)
    found = ClassTest.objects.get(pk=test.pk)
    _fill(found, fields)
    above = found.scores.filter(points__gt=found.greatest).order_by("-points").first()
    if above is not None:
        words = {"points": shown(above.points)}
        raise ValidationError({"greatest": _("Đã có người được %(points)s điểm.") % words})
    found.save()
    record(actor=actor, action="classes.change_test", on=locked, data={"test": test.pk})


@transaction.atomic
def remove_test(*, actor: User | None, test: ClassTest) -> None:
    """While nobody's points were ever written. Raises ValidationError."""
    locked = locked_open(test.training_class)
    if ScoreChange.objects.filter(test=test).exists():
        raise ValidationError(
            _("Bài kiểm tra đã có điểm nên không xóa được; có thể bỏ yêu cầu bắt buộc đạt.")
        )
    record(actor=actor, action="classes.remove_test", on=locked, data={"name": test.name})
    test.delete()


@transaction.atomic
def set_points(
    *, actor: User | None, test: ClassTest, given: Sequence[Given], from_file: bool = False
) -> int:
    """Write what differs from what stood when it was typed; how many. All or none. Raises
    ValidationError: the class is over, or (by member id) somebody else wrote meanwhile."""
    locked = locked_open(test.training_class)
    changed = [one for one in given if one.points != one.was]
    rows = Score.objects.filter(test=test, member__in=[one.member.pk for one in changed])
    stood = {row.member_id: row for row in rows}
    meanwhile: dict[str, list[str]] = {}
    wanted = []
    for one in changed:
        row = stood.get(one.member.pk)
        now = row.points if row else None
        if now == one.points:
            continue  # somebody else typed the same
        if now != one.was:
            said = shown(now) or _("trống")
            words = _("Người khác vừa ghi: %(points)s. Ghi lại nếu vẫn muốn đổi.")
            meanwhile[str(one.member.pk)] = [words % {"points": said}]
        wanted.append((one, row))
    if meanwhile:
        raise ValidationError(meanwhile)
    _write(actor, test, wanted, from_file=from_file)
    if wanted:
        data = {"test": test.pk, "scores": len(wanted), "from_file": from_file}
        record(actor=actor, action="classes.set_points", on=locked, data=data)
    return len(wanted)


def _write(
    actor: User | None,
    test: ClassTest,
    wanted: Sequence[tuple[Given, Score | None]],
    *,
    from_file: bool,
) -> None:
    now, by = clock.now(), actor.pk if actor else None
    ScoreChange.objects.bulk_create(
        (
            ScoreChange(
                test=test, member=one.member, was=one.was, points=one.points,
                from_file=from_file, at=now, by_id=by,
            )
            for one, _row in wanted
        ),
        batch_size=500,
    )  # fmt: skip
    fresh: list[Score] = []
    known: list[Score] = []
    for one, row in wanted:
        score = row or Score(test=test, member=one.member)
        score.points, score.at, score.by_id = one.points, now, by
        (known if row else fresh).append(score)
    Score.objects.bulk_create(fresh, batch_size=500)
    Score.objects.bulk_update(known, ["points", "at", "by_id"], batch_size=500)


def _fill(made: ClassTest, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(made, name, clean(value) if isinstance(value, str) else value)
    if not made.name:
        raise ValidationError({"name": _("Hãy nhập tên bài kiểm tra.")})
    if made.pass_mark > made.greatest:
        raise ValidationError({"pass_mark": _("Điểm đạt không quá điểm tối đa.")})
    same = ClassTest.objects.filter(training_class=made.training_class_id, name=made.name)
    if same.exclude(pk=made.pk).exists():
        raise ValidationError({"name": _("Lớp đã có bài kiểm tra tên này.")})

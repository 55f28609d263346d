"""Before exam day: what is ready, what is missing, and where it is mended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from lantoa.audit.queries import history_of
from lantoa.exams.models import Candidate, Duty, Exam, Room, Sitting
from lantoa.exams.queries.candidates import Tally, tally_of
from lantoa.exams.rules.windows import Window, is_short
from lantoa.items.queries import shortages_of
from lantoa.kernel import clock
from lantoa.web import formats

OK, WARNING, WRONG = "ok", "warning", "wrong"
SHOWN = 10


@dataclass(frozen=True)
class Check:
    """`more`: names or details, a few of them; `url` leads to where it is mended."""

    level: str
    says: str
    more: list[str] = field(default_factory=list)
    mend: str = ""
    url: str = ""


def checklist(sitting: Sitting) -> list[Check]:
    """All checks, in the order in which things are done. The caller has authorised the sitting."""
    tally = tally_of(sitting)
    checks: list[Check] = []
    for part in (_paper, _window, _candidates, _seats, _codes, _duties, _overlaps, _opened):
        checks += part(sitting, tally)
    return [*checks, *_rehearsal(sitting), *_machine()]


def worst(checks: list[Check]) -> str:
    levels = {check.level for check in checks}
    return next((level for level in (WRONG, WARNING) if level in levels), OK)


def _to(name: str, sitting: Sitting) -> str:
    return reverse(f"exams:{name}", args=[sitting.pk])


def _paper(sitting: Sitting, tally: Tally) -> Iterator[Check]:
    exam = sitting.exam
    if exam.forms.exists():
        usable = exam.forms.filter(bundle__isnull=False).count()
        if usable < exam.forms.count():
            yield Check(
                WRONG, _("Có đề chưa ban hành."), mend=_("Sửa kỳ thi"),
                url=reverse("exams:edit_exam", args=[exam.pk]),
            )  # fmt: skip
        else:
            yield Check(OK, _("%(n)s đề đã ban hành.") % {"n": formats.number(usable)})
        return
    if sitting.prepared_at:
        return
    short = shortages_of(exam.blueprint)
    if short:
        yield Check(
            WRONG,
            _("Ngân hàng chưa đủ câu hỏi đã duyệt để dựng đề."),
            [each.sentence for each in short[:SHOWN]],
            _("Xem ma trận đề"),
            reverse("items:blueprint", args=[exam.blueprint_id]),
        )
    else:
        yield Check(OK, _("Ngân hàng đủ câu hỏi; mỗi thí sinh một đề rút riêng."))


def _window(sitting: Sitting, tally: Tally) -> Iterator[Check]:
    window = Window(sitting.opens_at, sitting.last_start_at, sitting.closes_at)
    edit = (_("Sửa ca thi"), _to("edit_sitting", sitting))
    if sitting.closes_at <= clock.now():
        yield Check(WRONG, _("Giờ đóng của ca thi đã qua."), [], *edit)
    elif is_short(window, sitting.exam.blueprint.minutes):
        says = _("Ai bắt đầu vào phút cuối sẽ không đủ %(minutes)d phút: ca thi đóng trước.")
        yield Check(WARNING, says % {"minutes": sitting.exam.blueprint.minutes}, [], *edit)
    else:
        yield Check(OK, _("Ai bắt đầu đúng hạn cũng đủ thời gian làm bài."))


def _candidates(sitting: Sitting, tally: Tally) -> Iterator[Check]:
    if not sitting.by_roster and not tally.named:
        yield Check(OK, _("Mọi người trong đợt được dự thi."))
    elif not tally.named:
        yield Check(
            WRONG, _("Chưa có thí sinh nào."), [], _("Thêm thí sinh"),
            _to("add_candidates", sitting),
        )  # fmt: skip
    else:
        yield Check(OK, _("%(n)s thí sinh.") % {"n": formats.number(tally.named)})


def _seats(sitting: Sitting, tally: Tally) -> Iterator[Check]:
    if not tally.rooms:
        yield Check(OK, _("Không có phòng thi: thi trực tuyến."))
        return
    if tally.named > tally.seats:
        yield Check(
            WRONG,
            _("Thiếu chỗ: %(named)s thí sinh, các phòng có %(seats)s chỗ.")
            % {"named": formats.number(tally.named), "seats": formats.number(tally.seats)},
            [], _("Thêm phòng"), _to("rooms", sitting),
        )  # fmt: skip
    if missing := tally.named - tally.seated:
        yield Check(
            WRONG, _("%(n)s thí sinh chưa có chỗ ngồi.") % {"n": formats.number(missing)}, [],
            _("Xếp chỗ"), _to("seats", sitting),
        )  # fmt: skip
    elif tally.named:
        yield Check(OK, _("Ai cũng có phòng và chỗ ngồi."))


def _codes(sitting: Sitting, tally: Tally) -> Iterator[Check]:
    if sitting.exam.entry != Exam.Entry.CODE:
        without = sitting.candidates.filter(withdrawn_at=None, person__user__activated_at=None)
        if count := without.count():
            yield Check(
                WARNING,
                _("%(n)s thí sinh chưa kích hoạt tài khoản nên chưa vào thi được.")
                % {"n": formats.number(count)},
                _names(without),
            )
        return
    if missing := tally.named - tally.numbered:
        yield Check(
            WRONG, _("%(n)s thí sinh chưa có số báo danh.") % {"n": formats.number(missing)}, [],
            _("Đánh số báo danh"), _to("seats", sitting),
        )  # fmt: skip
    if missing := tally.named - tally.coded:
        yield Check(
            WRONG, _("%(n)s thí sinh chưa được in mã vào thi.") % {"n": formats.number(missing)},
            [], _("In mã"), _to("codes", sitting),
        )  # fmt: skip
    elif tally.named:
        yield Check(OK, _("Ai cũng có số báo danh và mã vào thi."))


def _names(candidates: QuerySet[Candidate]) -> list[str]:
    some = candidates.select_related("person").order_by("person__sort_key")[:SHOWN]
    return [one.person.full_name for one in some]


def _duties(sitting: Sitting, tally: Tally) -> Iterator[Check]:
    standing = Q(duties__withdrawn_at=None, duties__role=Duty.Role.INVIGILATOR)
    everywhere = sitting.duties.filter(
        withdrawn_at=None, role=Duty.Role.INVIGILATOR, room=None
    ).exists()
    empty = (
        []
        if everywhere
        else list(
            Room.objects.filter(sitting=sitting)
            .annotate(watched=Count("duties", filter=standing))
            .filter(watched=0)
            .order_by("name")
            .values_list("name", flat=True)
        )
    )
    mend = (_("Phân công"), _to("duties", sitting))
    if empty:
        yield Check(WRONG, _("Phòng chưa có giám thị."), empty[:SHOWN], *mend)
    elif not everywhere and not tally.rooms:
        yield Check(WARNING, _("Chưa phân công giám thị."), [], *mend)
    else:
        yield Check(OK, _("Phòng nào cũng có giám thị."))
    if sitting.exam.release == Exam.Release.COUNCIL:
        council = sitting.duties.filter(withdrawn_at=None, role=Duty.Role.COUNCIL)
        if not council.exists():
            yield Check(WARNING, _("Kết quả chờ hội đồng duyệt, mà chưa có hội đồng."), [], *mend)


def _overlaps(sitting: Sitting, tally: Tally) -> Iterator[Check]:
    """People who are candidates of another sitting at the same time."""
    others = Candidate.objects.filter(
        withdrawn_at=None,
        sitting__opens_at__lt=sitting.closes_at,
        sitting__closes_at__gt=sitting.opens_at,
        sitting__by_roster=True,
    ).exclude(sitting=sitting)
    twice = sitting.candidates.filter(
        withdrawn_at=None, person__in=others.values("person")
    ) if sitting.by_roster else sitting.candidates.none()  # fmt: skip
    if count := twice.count():
        yield Check(
            WARNING,
            _("%(n)s thí sinh còn có ca thi khác vào cùng thời gian.")
            % {"n": formats.number(count)},
            _names(twice),
            _("Xem thí sinh"),
            _to("candidates", sitting),
        )


def _opened(sitting: Sitting, tally: Tally) -> Iterator[Check]:
    mend = (_("Mở sẵn ca thi"), _to("prepare", sitting))
    if sitting.prepared_at is None:
        needed = WRONG if sitting.exam.entry == Exam.Entry.CODE else WARNING
        yield Check(needed, _("Ca thi chưa được mở sẵn: đề chưa chia cho thí sinh."), [], *mend)
    elif tally.prepared < tally.named:
        missing = formats.number(tally.named - tally.prepared)
        yield Check(WRONG, _("%(n)s thí sinh chưa được chia đề.") % {"n": missing}, [], *mend)
    else:
        moment = formats.moment(sitting.prepared_at)
        yield Check(OK, _("Đã mở sẵn lúc %(moment)s.") % {"moment": moment})


def _rehearsal(sitting: Sitting) -> Iterator[Check]:
    last = history_of(sitting).filter(action="exams.rehearse_sitting").first()
    command = f"bin/lantoa exam rehearse {sitting.pk}"
    if last is None:
        says = _("Chưa tổng duyệt trên máy chủ này. Chạy: %(command)s") % {"command": command}
        yield Check(WARNING, says)
        return
    words = {"moment": formats.moment(last.at)}
    if last.data.get("go"):
        yield Check(OK, _("Tổng duyệt đạt lúc %(moment)s.") % words)
    else:
        reasons = [str(reason) for reason in last.data.get("reasons", [])][:SHOWN]
        yield Check(WRONG, _("Tổng duyệt lúc %(moment)s chưa đạt.") % words, reasons)


def _machine() -> Iterator[Check]:
    """What the project knows of the machine: its clock, its disk, its backups."""
    for path in settings.LANTOA_EXAM_DAY_CHECKS:
        check: Callable[[], tuple[str, str]] = import_string(path)
        level, says = check()
        yield Check(level, says)

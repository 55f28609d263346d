"""Candidates of a sitting: the list, putting people in, one candidate."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.exams.actions.candidates import (
    Added,
    add_candidates,
    give_extra_minutes,
    place_candidate,
    restore_candidate,
    withdraw_candidate,
)
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.forms.candidates import (
    CandidateSearch,
    CohortChoice,
    ExtraForm,
    PasteForm,
    PlaceForm,
    ReasonForm,
    UnitsForm,
)
from lantoa.exams.models import Candidate, Sitting
from lantoa.exams.queries.candidates import (
    candidates_of,
    cohorts_held,
    dry_run,
    enrolled,
    match_lines,
    persons_held,
    tally_of,
)
from lantoa.exams.queries.exam_history import candidate_history
from lantoa.exams.queries.exams import candidates_held
from lantoa.exams.roster_file import pasted_from
from lantoa.exams.rules.roster_lines import MOST_LINES, lines_of
from lantoa.exams.views.held import examiners_only, held_sitting, sitting_page
from lantoa.kernel.row_ids import row_ids
from lantoa.people.models import Person
from lantoa.people.queries.persons import PersonFilter, filter_persons
from lantoa.people.rosters.refusals import RosterRefused
from lantoa.web import formats

PER_PAGE = 50
MOST_PICKED = 4_000


@examiners_only
@require_GET
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = held_sitting(request, pk)
    search = CandidateSearch(request.GET, sitting=sitting)
    wanted = search.wanted()
    found = candidates_of(sitting, **wanted)
    context = {
        "search": search,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "tally": tally_of(sitting),
        "narrows": any(wanted.values()),
    }
    return sitting_page(request, "exams/candidates.html", sitting, "candidates", context)


# ---- putting people in ----


def _adding(
    request: HttpRequest, sitting: Sitting, template: str, way: str, context: dict[str, Any]
) -> HttpResponse:
    ways = [
        ("add_candidates", _("Theo đơn vị, nhóm")),
        ("add_cohort", _("Từ một đợt")),
        ("pick_candidates", _("Chọn từng người")),
        ("paste_candidates", _("Từ tệp hoặc dán danh sách")),
    ]
    context["ways"] = [
        {"label": label, "url": reverse(f"exams:{name}", args=[sitting.pk]), "current": name == way}
        for name, label in ways
    ]
    return sitting_page(request, template, sitting, "candidates", context)


def _put_in(
    request: HttpRequest, sitting: Sitting, persons: QuerySet[Person], back: str
) -> HttpResponse:
    try:
        added = add_candidates(actor=user_of(request), sitting=sitting, persons=persons)
    except NotNow as refusal:
        messages.error(request, refusal.sentence)
        return redirect(back, sitting.pk)
    messages.success(request, _told(added))
    return redirect("exams:candidates", sitting.pk)


def _told(added: Added) -> str:
    said = _("Đã thêm %(n)s thí sinh; %(already)s đã có, %(left)s đã thôi việc.")
    return said % {
        "n": formats.number(added.fresh + added.again),
        "already": formats.number(added.already),
        "left": formats.number(added.left),
    }


def _asked(request: HttpRequest, name: str) -> QueryDict | None:
    """GET with a choice is the dry run; POST of the same choice applies it."""
    if request.method == "POST":
        return request.POST
    return request.GET if name in request.GET else None


@examiners_only
@require_http_methods(["GET", "POST"])
def add_units(request: HttpRequest, pk: int) -> HttpResponse:
    sitting, user = held_sitting(request, pk), user_of(request)
    form = UnitsForm(_asked(request, "unit"), user=user)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        persons = filter_persons(persons_held(user), form.wanted())
        if request.method == "POST":
            return _put_in(request, sitting, persons, "exams:add_candidates")
        context |= _counted(sitting, persons)
    return _adding(request, sitting, "exams/candidates_add.html", "add_candidates", context)


@examiners_only
@require_http_methods(["GET", "POST"])
def add_cohort(request: HttpRequest, pk: int) -> HttpResponse:
    sitting, user = held_sitting(request, pk), user_of(request)
    form = CohortChoice(_asked(request, "cohort"), cohorts=cohorts_held(user))
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        persons = enrolled(user, form.cleaned_data["cohort"], form.cleaned_data["only"])
        if request.method == "POST":
            return _put_in(request, sitting, persons, "exams:add_cohort")
        context |= _counted(sitting, persons)
    return _adding(request, sitting, "exams/candidates_add.html", "add_cohort", context)


def _counted(sitting: Sitting, persons: QuerySet[Person]) -> dict[str, Any]:
    sample = persons.select_related("unit").order_by("sort_key")[:10]
    return {"counted": dry_run(sitting, persons), "sample": sample}


@examiners_only
@require_http_methods(["GET", "POST"])
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick people one by one from a search; pasted lists come here too."""
    sitting, user = held_sitting(request, pk), user_of(request)
    if request.method == "POST":
        chosen = row_ids(request.POST.getlist("person"))[:MOST_PICKED]
        if chosen:
            persons = persons_held(user).filter(pk__in=chosen)
            return _put_in(request, sitting, persons, "exams:pick_candidates")
        messages.error(request, _("Hãy chọn ít nhất một người."))
    words = request.GET.get("q", "")[:100]
    context: dict[str, Any] = {"q": words}
    if words.strip():
        found = filter_persons(persons_held(user), PersonFilter(text=words))
        page = Paginator(found.select_related("unit").order_by("sort_key", "pk"), PER_PAGE)
        context["page"] = page.get_page(request.GET.get("page"))
        standing = sitting.candidates.filter(withdrawn_at=None, person__in=context["page"])
        context["already"] = set(standing.values_list("person_id", flat=True))
    return _adding(request, sitting, "exams/candidates_pick.html", "pick_candidates", context)


def _pasted(form: PasteForm) -> str | None:
    """The lines of the file, or those pasted; None where the file is refused, with the reason."""
    upload = form.cleaned_data["file"]
    if not upload:
        pasted: str = form.cleaned_data["pasted"]
        return pasted
    try:
        return pasted_from(upload.read(), upload.name)
    except RosterRefused as refused:
        form.add_error("file", f"{upload.name}: {_(refused.template) % refused.params}")
        return None


@examiners_only
@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """What each line would do; nothing is done before the ticks are sent on to `pick`."""
    sitting, user = held_sitting(request, pk), user_of(request)
    form = PasteForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    pasted = _pasted(form) if form.is_valid() else None
    context: dict[str, Any] = {"form": form}
    if pasted is not None:
        if form.cleaned_data["file"]:
            context["form"] = PasteForm(initial={"pasted": pasted})
        lines = lines_of(pasted)
        if len(lines) > MOST_LINES:
            said = _("Nhiều nhất %(most)s dòng mỗi lần; hãy chia danh sách ra.")
            form.add_error("pasted", said % {"most": formats.number(MOST_LINES)})
            context["form"] = form
        else:
            matched = match_lines(user, sitting, lines)
            context |= {
                "nothing": not matched,
                "matched": matched,
                "counts": {
                    state: sum(one.state == state for one in matched)
                    for state in ("found", "doubtful", "missing", "already", "left")
                },
            }
    return _adding(request, sitting, "exams/candidates_paste.html", "paste_candidates", context)


# ---- one candidate ----


def _candidate(request: HttpRequest, pk: int) -> Candidate:
    return get_object_or_404(candidates_held(request.user), pk=pk)


@examiners_only
@require_http_methods(["GET", "POST"])
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """Time of their own and their seat, each a form; what was done so far."""
    shown = _candidate(request, pk)
    is_extra = request.method == "POST" and "extra" in request.POST
    is_place = request.method == "POST" and "place" in request.POST
    extra = ExtraForm(
        request.POST if is_extra else None, prefix="extra", initial={"minutes": shown.extra_minutes}
    )
    place = PlaceForm(
        request.POST if is_place else None,
        prefix="place",
        sitting=shown.sitting,
        initial={"room": shown.room_id, "seat": shown.seat},
    )
    if (is_extra and _extra(request, shown, extra)) or (is_place and _place(request, shown, place)):
        return redirect("exams:candidate", pk)
    attempt = shown.attempts.filter(started_at__isnull=False).order_by("-number").first()
    context = {
        "candidate": shown,
        "extra": extra,
        "place": place,
        "attempt": attempt,
        "has_rooms": shown.sitting.rooms.exists(),
        "history": candidate_history(shown),
    }
    return sitting_page(request, "exams/candidate.html", shown.sitting, "candidates", context)


def _extra(request: HttpRequest, shown: Candidate, form: ExtraForm) -> bool:
    if not form.is_valid():
        return False
    try:
        give_extra_minutes(actor=user_of(request), candidate=shown, **form.cleaned_data)
    except NotNow as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, _("Đã lưu thời gian thêm."))
    return True


def _place(request: HttpRequest, shown: Candidate, form: PlaceForm) -> bool:
    if not form.is_valid():
        return False
    try:
        place_candidate(actor=user_of(request), candidate=shown, **form.cleaned_data)
    except NotNow as refusal:
        form.add_error("seat", refusal.sentence)
        return False
    messages.success(request, _("Đã đổi chỗ."))
    return True


@examiners_only
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _candidate(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            withdraw_candidate(actor=user_of(request), candidate=shown, reason=reason)
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            said = _("Đã rút %(name)s khỏi ca thi.") % {"name": shown.person.full_name}
            messages.success(request, said)
            return redirect("exams:candidates", shown.sitting_id)
    context = {"candidate": shown, "form": form}
    return sitting_page(request, "exams/withdraw.html", shown.sitting, "candidates", context)


@examiners_only
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _candidate(request, pk)
    try:
        restore_candidate(actor=user_of(request), candidate=shown)
    except NotNow as refusal:
        messages.error(request, refusal.sentence)
    else:
        said = _("Đã đưa %(name)s trở lại ca thi.") % {"name": shown.person.full_name}
        messages.success(request, said)
    return redirect("exams:candidate", pk)

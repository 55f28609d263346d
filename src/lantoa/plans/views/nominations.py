"""Nominations: the call of a cohort, a unit's list, what the level above decides."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.kernel import clock
from lantoa.kernel.row_ids import row_ids
from lantoa.kernel.text import fold
from lantoa.plans.actions import nominations as actions
from lantoa.plans.models import Nomination, NominationList
from lantoa.plans.nomination_forms import CallForm, DecisionForm
from lantoa.plans.queries.history import history
from lantoa.plans.queries.nominations import Sheet, call_of, sheet_for, who_can_be_named
from lantoa.plans.queries.plans import cohort_managed
from lantoa.web import formats

FOUND = 50
State = Nomination.State
COLORS = {
    State.PROPOSED: "info",
    State.APPROVED: "success",
    State.WAITING: "warning",
    State.TRIMMED: "neutral",
    State.WITHDRAWN: "neutral",
}


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, cohort: int) -> HttpResponse:
    user = user_of(request)
    planned = cohort_managed(user, cohort)
    call = call_of(planned)
    initial = {"due_on": call.due_on, "note": call.note} if call else {}
    form = CallForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.ask_for_names(actor=user, planned=planned, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Các đơn vị đề cử được từ bây giờ."))
            return redirect("plans:cohort", cohort)
    context = {"form": form, "planned": planned, "cohort": planned.cohort, "call": call}
    return render(request, "plans/call_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def names(request: HttpRequest, cohort: int, unit: int) -> HttpResponse:
    sheet = sheet_for(user_of(request), cohort, unit)
    form = _decision(request, sheet)
    if request.method == "POST":
        try:
            if _step(request, sheet, form):
                return redirect("plans:names", cohort, unit)
        except ValidationError as error:
            if form is None:
                messages.error(request, " ".join(error.messages))
                return redirect("plans:names", cohort, unit)
            form.add_error(None, error)
    return render(request, "plans/names.html", _context(request, sheet, form))


def _decision(request: HttpRequest, sheet: Sheet) -> DecisionForm | None:
    if not sheet.may_decide:
        return None
    return DecisionForm(request.POST or None, list(sheet.rows()), sheet.places)


def _step(request: HttpRequest, sheet: Sheet, form: DecisionForm | None) -> bool:
    """Whether it was done; else the form says what is wrong. Raises ValidationError, Http404."""
    steps: dict[str, Callable[[], bool]] = {
        "add": lambda: _add(request, sheet),
        "remove": lambda: _remove(request, sheet),
        "send": lambda: _send(request, sheet),
        "return": lambda: _return(request, sheet, _asked(sheet, form)),
        "decide": lambda: _decide(request, sheet, _asked(sheet, form)),
        "fill": lambda: _fill(request, sheet),
    }
    step = steps.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    return step()


def _asked(sheet: Sheet, form: DecisionForm | None) -> DecisionForm:
    """Somebody else may have decided meanwhile; others have nothing to decide."""
    if form is not None:
        return form
    if sheet.may_fill:
        raise ValidationError(_("Danh sách không còn chờ duyệt."))
    raise Http404


def _list_of(sheet: Sheet) -> NominationList:
    if sheet.names is None:
        raise ValidationError(_("Danh sách chưa có ai."))
    return sheet.names


def _add(request: HttpRequest, sheet: Sheet) -> bool:
    user = user_of(request)
    chosen = row_ids(request.POST.getlist("person"))[:FOUND]
    persons = list(who_can_be_named(user, sheet).filter(pk__in=chosen))
    if not persons:
        raise ValidationError(_("Hãy đánh dấu ít nhất một người."))
    added = actions.name_people(actor=user, call=sheet.call, unit=sheet.unit, persons=persons)
    messages.success(request, _("Đã thêm %(count)s người.") % {"count": formats.number(added)})
    return True


def _remove(request: HttpRequest, sheet: Sheet) -> bool:
    wanted = row_ids(request.POST.getlist("nomination"))
    nomination = get_object_or_404(sheet.rows(), pk__in=wanted[:1])
    actions.take_off(actor=user_of(request), nomination=nomination)
    words = {"name": nomination.person.full_name}
    messages.success(request, _("Đã bỏ %(name)s khỏi danh sách.") % words)
    return True


def _send(request: HttpRequest, sheet: Sheet) -> bool:
    actions.send_names(actor=user_of(request), names=_list_of(sheet))
    messages.success(request, _("Đã gửi danh sách lên cấp trên."))
    return True


def _return(request: HttpRequest, sheet: Sheet, form: DecisionForm) -> bool:
    comment = form.cleaned_data.get("comment", "") if form.is_valid() else ""
    actions.return_names(actor=user_of(request), names=_list_of(sheet), comment=comment)
    messages.success(request, _("Đã trả lại danh sách để đơn vị sửa."))
    return True


def _decide(request: HttpRequest, sheet: Sheet, form: DecisionForm) -> bool:
    if not form.is_valid():
        return False
    approved = actions.decide_names(
        actor=user_of(request),
        names=_list_of(sheet),
        states=form.states(),
        comment=form.cleaned_data["comment"],
    )
    words = {"count": formats.number(approved)}
    messages.success(request, _("Đã cử và ghi danh %(count)s người.") % words)
    return True


def _fill(request: HttpRequest, sheet: Sheet) -> bool:
    if not sheet.may_fill:
        raise Http404
    taken = actions.fill_places(actor=user_of(request), names=_list_of(sheet))
    if taken:
        told = ", ".join(person.full_name for person in taken)
        messages.success(request, _("Vào thay: %(names)s.") % {"names": told})
    else:
        messages.info(request, _("Không có chỗ trống hoặc không còn ai chờ."))
    return True


def _context(request: HttpRequest, sheet: Sheet, form: DecisionForm | None) -> dict[str, object]:
    rows = list(sheet.rows())
    search = request.GET.get("q", "")
    found = who_can_be_named(user_of(request), sheet) if sheet.may_change else None
    if found is not None:
        for word in fold(search).split()[:6]:
            found = found.filter(search_key__contains=word)
    return {
        "sheet": sheet,
        "cohort": sheet.planned.cohort,
        "planned": sheet.planned,
        "rows": [(row, row.get_state_display(), COLORS[State(row.state)]) for row in rows],
        "count": len(rows),
        "waiting": any(row.state == State.WAITING for row in rows),
        "form": form,
        "q": search,
        "found": found[:FOUND] if found is not None else [],
        "found_count": found.count() if found is not None else 0,
        "late": sheet.call.due_on < clock.today(),
        "history": history(sheet.names) if sheet.names else [],
    }

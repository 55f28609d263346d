"""Deciding about rows of a dry run: one, or all that a filter shows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lantoa.accounts.asking import user_of
from lantoa.people.actions.roster_decide import (
    Decided,
    leave_rows,
    name_unit,
    reset_rows,
    take_rows,
)
from lantoa.people.actions.roster_imports import RosterBusy
from lantoa.people.forms.rosters import DecisionForm, RowSearch
from lantoa.people.models import RosterImport, RosterRow
from lantoa.people.queries.rosters import roster_for, row_for, rows_of
from lantoa.people.views.access import keepers_only
from lantoa.web.formats import number


@keepers_only
@require_POST
def roster_row(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    user = user_of(request)
    roster = roster_for(user, pk)
    row = row_for(roster, row_pk)
    form = DecisionForm(request.POST, row=row, roster=roster)
    if not form.is_valid():
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        messages.error(request, said)
        return _back(request, roster, row)
    data, unit = form.cleaned_data, form.chosen_unit()
    try:
        if data["decision"] == "leave":
            leave_rows(roster=roster, rows=[row], actor=user)
        elif data["decision"] == "reset":
            reset_rows(roster=roster, rows=[row], actor=user)
        else:
            if unit and data["everywhere"] and row.values.get("unit"):
                name_unit(roster=roster, text=row.values["unit"], unit=unit, actor=user)
                row = row_for(roster, row_pk)
            done = take_rows(
                roster=roster, rows=[row], actor=user, unit=unit, person=data["person"]
            )
            _tell_choice(request, row, done)
    except RosterBusy as busy:
        messages.error(request, str(busy))
    return _back(request, roster, row)


@keepers_only
@require_POST
def roster_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in, or leave out, every row that the filter shows."""
    user = user_of(request)
    roster = roster_for(user, pk)
    kept = request.POST.get("filters", "")
    search = RowSearch(QueryDict(kept), roster=roster)
    rows = list(rows_of(roster, search.wanted()))
    try:
        if request.POST.get("decision") == "leave":
            waiting = [row for row in rows if row.state != RosterRow.State.SAME]
            done = leave_rows(roster=roster, rows=waiting, actor=user)
        else:
            doubtful = [row for row in rows if row.state == RosterRow.State.DOUBTFUL]
            done = take_rows(roster=roster, rows=doubtful, actor=user)
    except RosterBusy as busy:
        messages.error(request, str(busy))
    else:
        _tell(request, done)
    return redirect(f"{reverse('people:roster', args=[pk])}?{kept}")


def _tell(request: HttpRequest, done: Decided) -> None:
    said = ngettext("Đã ghi cho %(count)s hàng.", "Đã ghi cho %(count)s hàng.", done.done)
    messages.success(request, said % {"count": number(done.done)})
    if done.open:
        said = ngettext(
            "%(count)s hàng còn phải chọn đơn vị hoặc người trước.",
            "%(count)s hàng còn phải chọn đơn vị hoặc người trước.",
            done.open,
        )
        messages.warning(request, said % {"count": number(done.open)})


def _tell_choice(request: HttpRequest, row: RosterRow, done: Decided) -> None:
    if not done.open:
        return
    needs = row.choices.get("needs", ())
    if "unit" in needs:
        messages.error(request, _("Hãy chọn đơn vị cho %s.") % row.name)
    elif "person" in needs:
        messages.error(request, _("Hãy chọn %s là ai.") % row.name)
    else:
        messages.error(request, _("Hàng này sai nên chưa nhận được; hãy sửa trong tệp."))


def _back(request: HttpRequest, roster: RosterImport, row: RosterRow) -> HttpResponse:
    url = reverse("people:roster", args=[roster.pk])
    kept = QueryDict(request.POST.get("filters", "")).urlencode()
    return redirect(f"{url}?{kept}#row-{row.pk}" if kept else f"{url}#row-{row.pk}")

"""The list of people, and one person."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.kernel.row_ids import row_id
from lantoa.people.actions.add_person import add_person
from lantoa.people.actions.change_person import change_person
from lantoa.people.actions.person_columns import facts_of
from lantoa.people.forms.persons import PersonForm, PersonSearch, initial_of
from lantoa.people.models import Person, RoleGrant
from lantoa.people.permissions import may_recover, persons_within
from lantoa.people.queries.history import person_history
from lantoa.people.queries.persons import filter_persons, page_of, person_for
from lantoa.people.queries.roles import grants_for, holding
from lantoa.people.queries.units import unit_for
from lantoa.people.rules.persons import PersonRefused
from lantoa.people.views import shown
from lantoa.people.views.access import keepers_only

PAGE = 50


@keepers_only
@require_GET
def persons(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    search = PersonSearch(request.GET, user=user)
    wanted = search.wanted()
    found = persons_within(user, RoleGrant.Role.COORDINATOR)
    found = filter_persons(found, wanted) if search.is_valid() else found.none()
    page = page_of(
        found.select_related("unit", "user"),
        size=PAGE,
        after=row_id(request.GET.get("after")),
        before=row_id(request.GET.get("before")),
    )
    context = {
        "search": search,
        "searching": bool(request.GET.keys() - {"after", "before"}),
        "count": found.count(),
        "rows": [shown.person_row(person) for person in page.people],
        "page": page,
        "kept": shown.kept(request, "after", "before"),
    }
    return render(request, "people/persons.html", context)


@keepers_only
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    seen = person_for(user, pk)
    grants = grants_for(user).filter(user=seen.user) if seen.user else RoleGrant.objects.none()
    context = {
        "person": seen,
        "facts": shown.person_facts(seen),
        "account": shown.account_state(seen),
        "account_facts": shown.account_facts(seen),
        "posts": seen.posts.select_related("unit").order_by("-since", "-id"),
        "qualifications": seen.qualifications.order_by("-level", "year"),
        "grants": holding(grants, now=True).order_by("-starts_on"),
        "history": person_history(seen),
        "may_recover": seen.user is None or may_recover(user, seen.user),
    }
    return render(request, "people/person.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def person_add(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    initial: dict[str, Any] = {}
    if unit_id := row_id(request.GET.get("unit")):
        initial["unit"] = unit_for(user, unit_id)
    form = PersonForm(request.POST or None, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            added = add_person(
                actor=user, unit=data["unit"], facts=form.facts(), since=data["since"]
            )
        except PersonRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Đã thêm %s.") % added.full_name)
            return redirect("people:person", added.pk)
    return render(request, "people/person_form.html", {"form": form})


@keepers_only
@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    edited: Person = person_for(user, pk)
    form = PersonForm(
        request.POST or None, user=user, person=edited, initial=initial_of(facts_of(edited))
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_person(actor=user, person=edited, changes=form.changes())
        except PersonRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("people:person", pk)
        edited = person_for(user, pk)
    return render(request, "people/person_form.html", {"form": form, "person": edited})

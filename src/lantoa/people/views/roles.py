"""Who has what right in the units in reach; giving and withdrawing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.accounts.models import User
from lantoa.people.actions.grant_role import RoleRefused, grant_role, withdraw_role
from lantoa.people.actions.open_accounts import open_accounts
from lantoa.people.forms.roles import GrantForm, RoleSearch
from lantoa.people.models import Person, RoleGrant
from lantoa.people.permissions import persons_within
from lantoa.people.queries.persons import PersonFilter, filter_persons, person_for
from lantoa.people.queries.roles import grant_for, grants_for, holding, narrowed
from lantoa.people.views import shown
from lantoa.people.views.access import keepers_only

PAGE = 50
CANDIDATES = 20


@keepers_only
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    search = RoleSearch(request.GET)
    search.is_valid()
    text, role = search.cleaned_data.get("q", ""), search.cleaned_data.get("role", "")
    past = request.GET.get("past") == "1"
    found = narrowed(holding(grants_for(user_of(request)), now=not past), role=role, text=text)
    page = Paginator(found.order_by("role", "unit__sort_key", "id"), PAGE).get_page(
        request.GET.get("page")
    )
    url = reverse("people:roles")
    context = {
        "search": search,
        "page": page,
        "past": past,
        "names": _names({grant.granted_by_id for grant in page}),
        "tabs": [
            {"label": _("Đang giữ"), "url": url, "current": not past},
            {"label": _("Đã hết"), "url": f"{url}?past=1", "current": past},
        ],
    }
    return render(request, "people/roles.html", context)


@keepers_only
@require_GET
def pick(request: HttpRequest) -> HttpResponse:
    """Who shall have a role: somebody in reach, found by name or phone."""
    text = request.GET.get("q", "")[:100]
    found: list[Person] = []
    if text.strip():
        within = persons_within(user_of(request), RoleGrant.Role.COORDINATOR)
        wanted = filter_persons(within, PersonFilter(text=text)).select_related("unit", "user")
        found = list(wanted.order_by("sort_key", "id")[:CANDIDATES])
    context = {"text": text, "found": found}
    return render(request, "people/role_pick.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    person = person_for(user, pk)
    form = GrantForm(request.POST or None, user=user, unit=person.unit)
    if request.method == "POST" and form.is_valid():
        try:
            grant_role(actor=user, user=_account(user, person), **form.cleaned_data)
        except RoleRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Đã giao vai trò cho %s.") % person.full_name)
            return redirect("people:person", pk)
    context = {"form": form, "person": person, "account": shown.account_state(person)}
    return render(request, "people/role_grant.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    held = grant_for(user, pk)
    if request.method == "POST":
        try:
            withdraw_role(actor=user, grant=held)
        except RoleRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Đã thu hồi vai trò."))
        return redirect("people:roles")
    words = {"role": held.get_role_display(), "unit": held.unit.name, "name": held.user}
    context = {
        "question": _("Thu hồi vai trò %(role)s của %(name)s?") % words,
        "consequence": _("Từ bây giờ người này không còn quyền ấy ở %(unit)s.") % words,
        "action_label": _("Thu hồi"),
        "back_url": reverse("people:roles"),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


def _account(user: User, person: Person) -> User:
    if person.user is None:
        for conflict in open_accounts(actor=user, persons=[person]).conflicts:
            if conflict.blocks:
                raise RoleRefused(conflict.reason)
    if person.user is None:
        raise RoleRefused(_("Người này đã thôi việc."))
    return person.user


def _names(ids: set[int | None]) -> dict[int, str]:
    found = User.objects.filter(pk__in=[pk for pk in ids if pk])
    return dict(found.values_list("pk", "display_name"))

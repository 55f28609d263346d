"""Activation codes on paper: chosen people, one slip each, shown once."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lantoa.accounts.asking import user_of
from lantoa.accounts.models import User
from lantoa.accounts.rules import ACTIVATION_CODE_DAYS
from lantoa.kernel.row_ids import row_ids
from lantoa.people.actions.issue_codes import issue_codes
from lantoa.people.forms.persons import PersonSearch
from lantoa.people.models import Person, RoleGrant
from lantoa.people.permissions import persons_within
from lantoa.people.queries.persons import filter_persons, person_for
from lantoa.people.views.access import keepers_only
from lantoa.web.formats import number

AT_ONCE = 500


@keepers_only
@never_cache
@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """For the people ticked, or for everybody of the filter who has not got in yet."""
    user = user_of(request)
    persons = _chosen(request, user)
    if not persons:
        return render(request, "people/codes_none.html", {"kept": request.POST.get("filters", "")})
    if "confirmed" not in request.POST:
        context = {
            "persons": persons,
            "question": ngettext(
                "Cấp mã kích hoạt cho %(count)s người?",
                "Cấp mã kích hoạt cho %(count)s người?",
                len(persons),
            ) % {"count": number(len(persons))},
            "consequence": _(
                "Mã in ra một lần. Mã đã in trước đây của những người này không dùng được nữa. "
                "Mỗi lần cấp nhiều nhất %(most)s người."
            ) % {"most": AT_ONCE},
            "action_label": _("Cấp mã và mở trang in"),
            "back_url": reverse("people:persons"),
        }  # fmt: skip
        return render(request, "people/codes_confirm.html", context)
    return _slips(request, user, persons, renew=False)


@keepers_only
@never_cache
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A way back in for one person who lost the phone or forgot the password."""
    user = user_of(request)
    return _slips(request, user, [person_for(user, pk)], renew=True)


def _chosen(request: HttpRequest, user: User) -> list[Person]:
    within = persons_within(user, RoleGrant.Role.COORDINATOR).select_related("unit", "user")
    if request.POST.get("scope") == "filtered":
        search = PersonSearch(QueryDict(request.POST.get("filters", "")), user=user)
        if not search.is_valid():
            return []
        found = filter_persons(within, search.wanted()).filter(user__activated_at=None)
    else:
        ids = row_ids(request.POST.getlist("person"))[:AT_ONCE]
        found = within.filter(pk__in=ids)
    return list(found.order_by("unit__sort_key", "unit_id", "sort_key", "id")[:AT_ONCE])


def _slips(request: HttpRequest, user: User, persons: list[Person], *, renew: bool) -> HttpResponse:
    issued = issue_codes(actor=user, persons=persons, renew=renew)
    context = {
        "issued": issued,
        "address": _printed_address(request),
        "days": ACTIVATION_CODE_DAYS,
    }
    return render(request, "people/codes.html", context)


def _printed_address(request: HttpRequest) -> str:
    """The installation's own address where it is set: what is printed must not hang on a header."""
    path = reverse("accounts:activate")
    return f"{settings.BASE_URL}{path}" if settings.BASE_URL else request.build_absolute_uri(path)

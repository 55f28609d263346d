from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.classes.actions import venues as actions
from lantoa.classes.forms import VenueForm
from lantoa.classes.models import Venue
from lantoa.classes.queries.venues import venue_managed, venues_usable
from lantoa.classes.views.access import keepers_only
from lantoa.plans.forms import choosable_units

FIELDS = ("name", "address", "seats", "zone", "latitude", "longitude")


@keepers_only
@require_GET
def venues(request: HttpRequest) -> HttpResponse:
    found = Paginator(venues_usable(user_of(request)), 50)
    page = found.get_page(request.GET.get("page"))
    return render(request, "classes/venues.html", {"page": page})


@keepers_only
@require_http_methods(["GET", "POST"])
def new_venue(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = VenueForm(request.POST or None, units=choosable_units(user))
    if form.is_valid():
        data = dict(form.cleaned_data)
        try:
            actions.create_venue(actor=user, unit=data.pop("unit"), fields=data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã thêm địa điểm."))
            return redirect("classes:venues")
    return render(request, "classes/venue_form.html", {"form": form})


@keepers_only
@require_http_methods(["GET", "POST"])
def edit_venue(request: HttpRequest, venue: int) -> HttpResponse:
    user = user_of(request)
    found = venue_managed(user, venue)
    initial = {name: getattr(found, name) for name in FIELDS}
    form = VenueForm(request.POST or None, units=None, initial=initial)
    if request.POST.get("step") == "close":
        return _close(request, found)
    if form.is_valid():
        try:
            actions.change_venue(actor=user, venue=found, fields=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã lưu địa điểm."))
            return redirect("classes:venues")
    return render(request, "classes/venue_form.html", {"form": form, "venue": found})


def _close(request: HttpRequest, venue: Venue) -> HttpResponse:
    actions.close_venue(actor=user_of(request), venue=venue)
    messages.success(request, _("Đã thôi dùng %(name)s.") % {"name": venue.name})
    return redirect("classes:venues")

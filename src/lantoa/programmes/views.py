from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.accounts.models import User
from lantoa.programmes import queries
from lantoa.programmes.actions import change_programme, create_programme
from lantoa.programmes.actions.skeletons import make_skeletons
from lantoa.programmes.forms import ProgrammeForm, initial_from, initial_of
from lantoa.programmes.history import history
from lantoa.programmes.models import Programme
from lantoa.programmes.permissions import managed_units
from lantoa.programmes.presets import Preset, all_presets, preset


@login_required
@require_GET
def programmes(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    found = queries.programmes_visible(user)
    can_make = managed_units(user).exists()
    if not can_make and not found.exists():
        raise Http404
    context = {"programmes": found, "can_make": can_make}
    return render(request, "programmes/programmes.html", context)


@login_required
@require_GET
def programme_page(request: HttpRequest, programme: int) -> HttpResponse:
    found = queries.programme_for(user_of(request), programme)
    context = {
        "programme": found,
        "requirements": found.requirements.select_related("course", "blueprint"),
        "preset": preset(found.preset) if found.preset else None,
        "history": history(found),
    }
    return render(request, "programmes/programme.html", context)


def _coordinator(request: HttpRequest) -> User:
    user = user_of(request)
    if not managed_units(user).exists():
        raise Http404
    return user


@login_required
@require_GET
def choose_preset(request: HttpRequest) -> HttpResponse:
    _coordinator(request)
    return render(request, "programmes/presets.html", {"presets": all_presets()})


@transaction.atomic
def _make(form: ProgrammeForm, chosen: Preset | None, user: User) -> Programme:
    """The programme with the skeletons it begins with: all of it or nothing."""
    data = form.cleaned_data
    requirements = form.requirements()
    if chosen and data.get("skeleton"):
        unit, code = data["unit"], data["code"]
        requirements += make_skeletons(actor=user, unit=unit, code=code, preset=chosen)
    return create_programme(
        actor=user,
        unit=data["unit"],
        code=data["code"],
        requirements=requirements,
        preset=chosen.code if chosen else "",
        grade=chosen.grade if chosen else Programme.Grade.OWN,
        **form.details(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def new_programme(request: HttpRequest) -> HttpResponse:
    user = _coordinator(request)
    chosen = preset(request.GET.get("preset", ""))
    form = ProgrammeForm(
        request.POST or None, user=user, preset=chosen, initial=dict(initial_from(chosen))
    )
    if form.is_valid():
        try:
            made = _make(form, chosen, user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã lập chương trình."))
            return redirect("programmes:programme", made.pk)
    return render(request, "programmes/programme_form.html", {"form": form, "preset": chosen})


@login_required
@require_http_methods(["GET", "POST"])
def edit_programme(request: HttpRequest, programme: int) -> HttpResponse:
    user = user_of(request)
    found = queries.programme_managed(user, programme)
    locked = queries.has_enrolments(found)
    form = ProgrammeForm(
        request.POST or None, user=user, programme=found, initial=dict(initial_of(found))
    )
    if locked:
        form.lock_requirements()
    if form.is_valid():
        wanted = None if locked else form.requirements()
        try:
            change_programme(
                actor=user, programme=found, changes=form.details(), requirements=wanted
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã lưu chương trình."))
            return redirect("programmes:programme", found.pk)
    context = {"form": form, "programme": found, "locked": locked}
    return render(request, "programmes/programme_form.html", context)

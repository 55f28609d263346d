"""Putting people into a class and taking them out; its list on paper."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.classes.actions import members as actions
from lantoa.classes.models import Member, TrainingClass
from lantoa.classes.permissions import managed
from lantoa.classes.queries.classes import class_managed, classes_visible
from lantoa.classes.queries.members import unplaced
from lantoa.classes.views.access import keepers_only
from lantoa.kernel.row_ids import row_id, row_ids
from lantoa.people.models import Unit
from lantoa.plans.forms import choosable_units
from lantoa.web import formats

PAGE = 100


@keepers_only
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = class_managed(user, pk)
    unit, search = row_id(request.GET.get("unit")), request.GET.get("q", "")[:100]
    if request.method == "POST":
        try:
            placed = _place(request, found, unit, search)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            words = {"count": formats.number(placed)}
            messages.success(request, _("Đã xếp %(count)s người vào lớp.") % words)
            return redirect("classes:class", pk)
    waiting = Paginator(unplaced(found, unit=unit, search=search), PAGE)
    context = {
        "class": found,
        "free": max(0, found.capacity - found.size),  # type: ignore[attr-defined]
        "page": waiting.get_page(request.GET.get("page")),
        "waiting": waiting.count,
        "q": search,
        "unit": unit,
        "units": choosable_units(user, Unit.objects.get(pk=found.cohort.unit_id)),
        "chosen": set(row_ids(request.POST.getlist("enrolment"))),
    }
    return render(request, "classes/place.html", context)


def _place(request: HttpRequest, found: TrainingClass, unit: int | None, search: str) -> int:
    user = user_of(request)
    if request.POST.get("step") == "first":
        return actions.place_first(actor=user, training_class=found, unit=unit, search=search)
    chosen = row_ids(request.POST.getlist("enrolment"))[:PAGE]
    enrolments = list(unplaced(found).filter(pk__in=chosen))
    if not enrolments:
        raise ValidationError(_("Hãy đánh dấu ít nhất một người."))
    return actions.place(actor=user, training_class=found, enrolments=enrolments)


@keepers_only
@require_http_methods(["GET", "POST"])
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    mine = classes_visible(user).filter(managed(user))
    member = get_object_or_404(
        Member.objects.filter(training_class__in=mine.values("pk"), left_at=None).select_related(
            "training_class", "enrolment__person"
        ),
        pk=pk,
    )
    back = reverse("classes:class", args=[member.training_class_id])
    name = member.enrolment.person.full_name
    if request.method == "POST":
        try:
            actions.take_out(actor=user, member=member)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Đã đưa %(name)s ra khỏi lớp.") % {"name": name})
        return redirect(back)
    context = {
        "question": _("Đưa %(name)s ra khỏi lớp?") % {"name": name},
        "consequence": _("Người này vẫn ở trong đợt và xếp được vào lớp khác."),
        "action_label": _("Đưa ra khỏi lớp"),
        "back_url": back,
        "danger": True,
    }
    return render(request, "web/confirm.html", context)

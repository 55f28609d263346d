"""Who watches, marks and decides in a sitting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.exams.actions.duties import give_duty, withdraw_duty
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.forms.duties import DutyForm
from lantoa.exams.queries.duties import duties_held, duties_of, people_for_duty
from lantoa.exams.views.held import confirm, examiners_only, held_sitting, sitting_page


@examiners_only
@require_http_methods(["GET", "POST"])
def duties(request: HttpRequest, pk: int) -> HttpResponse:
    """A search finds people; the form below gives one of them a task."""
    sitting, user = held_sitting(request, pk), user_of(request)
    words = (request.POST.get("q") or request.GET.get("q", ""))[:100]
    found = people_for_duty(user, words)
    form = DutyForm(
        request.POST if request.method == "POST" else None, sitting=sitting, people=found
    )
    if form.is_valid():
        person = form.chosen()
        assert person.user is not None
        try:
            give_duty(
                actor=user,
                sitting=sitting,
                user=person.user,
                role=form.cleaned_data["role"],
                room=form.cleaned_data.get("room"),
            )
        except NotNow as refusal:
            form.add_error("person", refusal.sentence)
        else:
            messages.success(request, _("Đã giao việc cho %s.") % person.full_name)
            return redirect("exams:duties", pk)
    context = {"form": form, "q": words, "found": found, "duties": duties_of(sitting)}
    return sitting_page(request, "exams/duties.html", sitting, "duties", context)


@examiners_only
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    duty = get_object_or_404(duties_held(user_of(request)), pk=pk, withdrawn_at=None)
    back = reverse("exams:duties", args=[duty.sitting_id])
    if request.method == "POST":
        withdraw_duty(actor=user_of(request), duty=duty)
        messages.success(request, _("Đã thôi giao việc."))
        return redirect(back)
    words = {"name": duty.user.display_name, "role": duty.get_role_display()}
    return confirm(
        request,
        question=_("Thôi giao việc %(role)s cho %(name)s?") % words,
        consequence=_("Người này không vào được các trang của ca thi nữa. Việc đã làm vẫn giữ."),
        action_label=_("Thôi giao việc"),
        back_url=back,
    )

"""What somebody holds in information technology: written down, corrected, taken out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.people.actions import qualifications as actions
from lantoa.people.forms.qualifications import QualificationForm, initial_of
from lantoa.people.queries.persons import person_for
from lantoa.people.queries.qualifications import qualification_for
from lantoa.people.rules.persons import PersonRefused
from lantoa.people.views.access import keepers_only

PAGE = "people/qualification_form.html"


@keepers_only
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    person = person_for(user, pk)
    form = QualificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_qualification(actor=user, person=person, values=form.cleaned_data)
        except PersonRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Đã ghi trình độ."))
            return redirect("people:person", pk)
    return render(request, PAGE, {"form": form, "person": person})


@keepers_only
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    noted = qualification_for(user, pk)
    form = QualificationForm(request.POST or None, initial=initial_of(noted))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_qualification(actor=user, qualification=noted, values=form.cleaned_data)
        except PersonRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("people:person", noted.person_id)
    return render(request, PAGE, {"form": form, "person": noted.person, "noted": noted})


@keepers_only
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    noted = qualification_for(user, pk)
    if request.method == "POST":
        actions.remove_qualification(actor=user, qualification=noted)
        messages.success(request, _("Đã xóa khỏi sổ."))
        return redirect("people:person", noted.person_id)
    words = {"what": noted, "name": noted.person.full_name}
    context = {
        "question": _("Xóa “%(what)s” của %(name)s?") % words,
        "consequence": _("Người này có thể được tính ở trình độ khác, hoặc không còn trong sổ."),
        "action_label": _("Xóa"),
        "back_url": reverse("people:person", args=[noted.person_id]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)

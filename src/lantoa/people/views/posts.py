"""Where a person works: transfer, leaving, coming back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.people.actions.close_person import close_person, reopen_person
from lantoa.people.actions.transfer_person import transfer_person
from lantoa.people.forms.persons import LeaveForm, TransferForm
from lantoa.people.queries.persons import person_for
from lantoa.people.rules.persons import PersonRefused
from lantoa.people.views.access import keepers_only


@keepers_only
@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    person = person_for(user, pk)
    form = TransferForm(request.POST or None, user=user, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            transfer_person(actor=user, person=person, **form.cleaned_data)
        except PersonRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Đã chuyển sang %s.") % person.unit.name)
            return redirect("people:person", pk)
    return render(request, "people/transfer.html", {"form": form, "person": person})


@keepers_only
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    person = person_for(user, pk)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_person(actor=user, person=person, left_on=form.cleaned_data["left_on"])
        except PersonRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Đã ghi %s thôi việc.") % person.full_name)
            return redirect("people:person", pk)
    context = {
        "form": form,
        "question": _("%s thôi việc?") % person.full_name,
        "consequence": _(
            "Tài khoản đóng lại, các vai trò được thu hồi. Kết quả học tập và chứng nhận vẫn giữ."
        ),
        "action_label": _("Ghi thôi việc"),
        "back_url": reverse("people:person", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


@keepers_only
@require_POST
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    person = person_for(user, pk)
    try:
        reopen_person(actor=user, person=person)
    except PersonRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Đã mở lại. Vai trò trước đây không tự trở lại."))
    return redirect("people:person", pk)

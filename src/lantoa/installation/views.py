from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from lantoa.accounts.asking import user_of
from lantoa.accounts.models import User
from lantoa.files.actions import store_upload
from lantoa.files.rules import IMAGES, FileRefused
from lantoa.installation import actions
from lantoa.installation.errors import ConferenceFailed, NotSent
from lantoa.installation.forms import (
    AgencyForm,
    BannerForm,
    ConferenceForm,
    MailForm,
    SmsForm,
    TestMailForm,
    TestSmsForm,
)
from lantoa.installation.models import Installation
from lantoa.installation.permissions import administrators_only
from lantoa.installation.queries import recent_changes, this_installation


@administrators_only
def agency(request: HttpRequest) -> HttpResponse:
    form = AgencyForm(request.POST or None, request.FILES or None, instance=this_installation())
    if request.method == "POST" and form.is_valid():
        actor = user_of(request)
        try:
            logo = (
                store_upload(upload=form.upload, allowed=IMAGES, actor=actor)
                if form.upload
                else None
            )
        except FileRefused as refusal:
            form.add_error("logo_file", str(refusal))
        else:
            actions.change_agency(actor=actor, logo=logo, **form.values)
            return _saved(request, "installation:settings")
    current = this_installation()
    context = {
        "form": form,
        "banner_form": BannerForm(initial={"banner_text": current.banner_text}),
        "changes": recent_changes(),
    }
    return _page(request, "agency", context)


@administrators_only
@require_POST
def banner(request: HttpRequest) -> HttpResponse:
    form = BannerForm(request.POST)
    if form.is_valid():
        actions.change_banner(actor=user_of(request), banner_text=form.cleaned_data["banner_text"])
        return _saved(request, "installation:settings")
    context = {
        "form": AgencyForm(instance=this_installation()),
        "banner_form": form,
        "changes": recent_changes(),
    }
    return _page(request, "agency", context)


@administrators_only
@require_POST
def remove_logo(request: HttpRequest) -> HttpResponse:
    actions.remove_logo(actor=user_of(request))
    return _saved(request, "installation:settings")


@sensitive_post_parameters("password")
@administrators_only
def mail(request: HttpRequest) -> HttpResponse:
    testing = "test" in request.POST
    data = request.POST or None
    form = MailForm(None if testing else data, instance=this_installation())
    test_form = TestMailForm(data if testing else None, prefix="try")
    result: dict[str, Any] = {}
    if testing and test_form.is_valid():
        result = _try_mail(user_of(request), test_form.cleaned_data["to"])
    elif data and not testing and form.is_valid():
        actions.change_mail(actor=user_of(request), password=form.new_password, **form.values)
        return _saved(request, "installation:mail")
    return _page(request, "mail", {"form": form, "test_form": test_form, **result})


@sensitive_post_parameters("token")
@administrators_only
def sms(request: HttpRequest) -> HttpResponse:
    testing = "test" in request.POST
    data = request.POST or None
    form = SmsForm(None if testing else data, instance=this_installation())
    test_form = TestSmsForm(data if testing else None, prefix="try")
    result: dict[str, Any] = {}
    if testing and test_form.is_valid():
        result = _try_sms(user_of(request), test_form.cleaned_data["to"])
    elif data and not testing and form.is_valid():
        actions.change_sms(actor=user_of(request), token=form.new_token, **form.values)
        return _saved(request, "installation:sms")
    return _page(request, "sms", {"form": form, "test_form": test_form, **result})


@sensitive_post_parameters("secret")
@administrators_only
def conference(request: HttpRequest) -> HttpResponse:
    """The BigBlueButton server, and whether it answers."""
    testing = "test" in request.POST
    data = request.POST or None
    form = ConferenceForm(None if testing else data, instance=this_installation())
    result: dict[str, Any] = {}
    if testing:
        result = _try_conference(user_of(request))
    elif data and form.is_valid():
        actor = user_of(request)
        actions.change_conference(actor=actor, secret=form.new_secret, **form.values)
        return _saved(request, "installation:conference")
    return _page(request, "conference", {"form": form, **result})


def _try_conference(actor: User) -> dict[str, Any]:
    try:
        actions.try_conference(actor=actor)
    except ConferenceFailed as refusal:
        return {"failed": str(refusal)}
    return {"sent": _("Máy chủ trả lời và nhận khóa bí mật. Các lớp trực tuyến dùng được.")}


def _try_mail(actor: User, to: str) -> dict[str, Any]:
    try:
        actions.send_test_mail(actor=actor, to=to)
    except NotSent as refusal:
        return {"failed": str(refusal)}
    if this_installation().mail_transport == Installation.MailTransport.FILE:
        return {"sent": _("Đã ghi thư thử thành một tệp .eml trong thư mục hộp thư đi.")}
    return {"sent": _("Máy chủ đã nhận thư thử. Hãy xem hộp thư đến, cả thư rác.")}


def _try_sms(actor: User, to: str) -> dict[str, Any]:
    try:
        actions.send_test_sms(actor=actor, to=to)
    except NotSent as refusal:
        return {"failed": str(refusal)}
    if this_installation().sms_transport == Installation.SmsTransport.FILE:
        return {"sent": _("Đã ghi tin nhắn thử thành một tệp .txt trong thư mục hộp thư đi.")}
    return {"sent": _("Cổng tin nhắn đã nhận tin thử. Hãy xem điện thoại.")}


def _page(request: HttpRequest, current: str, context: dict[str, Any]) -> HttpResponse:
    context["tabs"] = tabs(current)
    # Not the form's own row: that one carries what was just typed.
    context["stored"] = this_installation()
    return render(request, f"installation/{current}.html", context)


def tabs(current: str) -> list[dict[str, Any]]:
    """The system's pages; those of domains above by name, when they are there."""
    named = (
        ("agency", _("Cơ quan"), "installation:settings"),
        ("mail", _("Thư điện tử"), "installation:mail"),
        ("sms", _("Tin nhắn"), "installation:sms"),
        ("conference", _("Phòng học trực tuyến"), "installation:conference"),
        ("messages", _("Thư đã gửi"), "notices:messages"),
    )
    found = []
    for key, label, name in named:
        try:
            found.append({"label": label, "url": reverse(name), "current": key == current})
        except NoReverseMatch:
            continue
    return found


def _saved(request: HttpRequest, name: str) -> HttpResponse:
    messages.success(request, _("Đã lưu."))
    return redirect(name)

"""What anybody may see: whether a certificate is valid."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lantoa.certificates import queries
from lantoa.certificates.forms import HolderForm, SerialForm
from lantoa.certificates.models import Certificate
from lantoa.certificates.rules import masked_name
from lantoa.web.limits import limited

lookups_limited = limited("certificate-lookup", 30, 600)


@require_GET
@limited("certificate-check", 300, 600)
def check(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the QR code. An unknown code is an answer too, told in words."""
    found = queries.by_token(token)
    context = {
        "certificate": found,
        "name": found.holder_name if found else "",
        "reissued": queries.reissue_of(found) if found else None,
    }
    return render(request, "certificates/check.html", context, status=200 if found else 404)


def _look_up(form: forms.Form) -> Certificate | None:
    asked = form.cleaned_data
    if isinstance(form, SerialForm):
        return queries.by_serial(asked["serial"].strip())
    return queries.by_holder(asked["name"], asked["birth_date"], asked["number"])


@require_GET
@lookups_limited
def look_up(request: HttpRequest) -> HttpResponse:
    """By serial (the name is masked: serials follow each other), or by name, birth and number."""
    kind = HolderForm if "name" in request.GET else SerialForm
    asked = kind(request.GET if request.GET else None)
    context: dict[str, object] = {
        "serial_form": asked if kind is SerialForm else SerialForm(),
        "holder_form": asked if kind is HolderForm else HolderForm(),
        "by_holder": kind is HolderForm,
    }
    if request.GET and asked.is_valid():
        found = _look_up(asked)
        if found is not None and kind is HolderForm:
            return redirect("certificates:check", found.token)
        context |= {"asked": True, "certificate": found}
        if found is not None:
            context["name"] = masked_name(found.holder_name)
            context["reissued"] = queries.reissue_of(found)
    return render(request, "certificates/look_up.html", context)

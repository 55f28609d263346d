"""Taking along everything that is known about oneself."""

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.accounts.models import User
from lantoa.home.actions import note_export
from lantoa.home.queries.known import for_page, known_about, statements_about
from lantoa.kernel import clock
from lantoa.people.queries import person_of
from lantoa.web.limits import allowed

PER_HOUR = 5
HOUR = 3600


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """What the file will hold; on POST, the file."""
    user = user_of(request)
    if request.method == "GET":
        return render(request, "home/export.html")
    if not allowed(f"home.export:{user.pk}", PER_HOUR, HOUR):
        answer = render(request, "429.html", status=429)
        answer["Retry-After"] = str(HOUR)
        return answer
    response = HttpResponse(_packed(user), content_type="application/zip")
    name = f"du-lieu-ca-nhan-{clock.today():%Y%m%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    note_export(actor=user)
    return response


def _packed(user: User) -> bytes:
    """A page to read, the same as JSON, and the learning statements one to a line."""
    person = person_of(user)
    known, statements = known_about(user, person), statements_about(person)
    page = render_to_string(
        "home/known.html",
        {
            "name": user.display_name,
            "at": clock.now(),
            "sections": for_page(known),
            "statements": len(statements),
        },
    )
    whole = {**known, _("Số lượt ghi nhận học tập"): len(statements)}
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("du-lieu.html", page)
        archive.writestr("du-lieu.json", _json(whole, indent=2))
        archive.writestr("hoc-tap.jsonl", "\n".join(_json(one) for one in statements))
    return buffer.getvalue()


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=indent)

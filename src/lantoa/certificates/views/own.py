from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.certificates import queries
from lantoa.certificates.links import check_url
from lantoa.certificates.pdf import certificate_pdf
from lantoa.people.queries import person_of


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """A learner's own certificates."""
    person = person_of(user_of(request))
    held = queries.certificates_of(person) if person else []
    return render(request, "certificates/mine.html", {"certificates": held})


@login_required
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF, for its holder and for coordinators in reach."""
    found = get_object_or_404(queries.readable_by(user_of(request)), pk=pk)
    pdf = certificate_pdf(found, check_url(request, found))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.serial}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer

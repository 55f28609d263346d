from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.items.actions.note_print import note_print
from lantoa.items.printing.pdf import PARTS, form_pdf
from lantoa.items.queries.forms import slots_of
from lantoa.items.views import for_readers
from lantoa.items.views.forms import form_or_404


@for_readers
@require_GET
def paper(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Papers leave the system here, so who took one is written down."""
    form = form_or_404(request, pk, examined=True)
    if part not in PARTS:
        raise Http404
    made = form_pdf(form, list(slots_of(form)), part)
    note_print(actor=user_of(request), form=form, part=part)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{part}-{form.pk}-{form.code}.pdf"'
    response["Cache-Control"] = "no-store"
    return response

from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

SCRIPT = Path(__file__).parent.parent / "static" / "classes" / "worker.js"


@login_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps rolls open without network. From here and not from /static/, because a
    worker only looks after addresses below its own."""
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")

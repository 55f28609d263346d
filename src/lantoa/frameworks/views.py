from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from lantoa.frameworks import queries


@login_required
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "frameworks/index.html", {"frameworks": queries.frameworks()})


@login_required
def framework(request: HttpRequest, code: str) -> HttpResponse:
    shown = get_object_or_404(queries.frameworks(), code=code)
    context = {"framework": shown, "outline": queries.outline(shown)}
    return render(request, "frameworks/framework.html", context)

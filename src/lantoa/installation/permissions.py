"""Only administrators of everything see the system pages; for everybody else, administrators of a
unit below too, they don't exist."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from lantoa.accounts.asking import user_of
from lantoa.accounts.queries import keeps_system

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def administrators_only(view: View[P]) -> View[P]:
    @login_required
    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not keeps_system(user_of(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return cast(View[P], checked)

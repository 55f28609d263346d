"""Pages of the bank and of the blueprints; what is out of reach answers 404."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.items.models import Item
from lantoa.items.permissions import is_reader
from lantoa.items.queries import item_for

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_readers(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Only for those who author or examine somewhere; for others the bank doesn't exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not is_reader(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(guarded)


def item_or_404(request: HttpRequest, pk: int) -> Item:
    try:
        return item_for(request.user, pk)
    except Item.DoesNotExist:
        raise Http404 from None


def tabs(current: str) -> list[dict[str, object]]:
    pages = (
        ("items", _("Câu hỏi"), "items:items"),
        ("blueprints", _("Ma trận đề"), "items:blueprints"),
        ("forms", _("Đề thi"), "items:forms"),
        ("frameworks", _("Khung năng lực"), "frameworks:frameworks"),
    )
    return [
        {"label": label, "url": reverse(name), "current": key == current}
        for key, label, name in pages
    ]

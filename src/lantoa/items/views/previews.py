"""Choosing a kind, and trying an item as a candidate would; nothing is kept."""

from random import Random

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lantoa.items import draws
from lantoa.items.kinds import grouped_kinds, kind_of
from lantoa.items.models import Item, ItemVersion
from lantoa.items.queries import item_for
from lantoa.items.views import for_readers

ANSWER = "answer"
SEEDS = 10**6


@for_readers
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    return render(request, "items/choose.html", {"groups": grouped_kinds()})


@for_readers
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The item shuffled as in a paper; posted, it's scored and explained. The order is told by the
    seed, which the form carries."""
    version = _version(request, pk)
    kind = kind_of(version.item.kind)
    seed = _number(request.POST.get("seed")) or Random().randrange(1, SEEDS)  # noqa: S311
    content = version.content
    order = draws.shuffled(kind.order_length(content), Random(seed), kind.fixed(content))  # noqa: S311
    arranged = kind.arrange(content, order)
    response = kind.read_form(request.POST, ANSWER) if request.method == "POST" else None
    refused = response is not None and not kind.accepts(arranged, response)
    context = {
        "item": version.item,
        "version": version,
        "kind": kind,
        "seed": seed,
        "question": kind.for_candidate(arranged),
        "play_template": kind.template("play"),
        "name": ANSWER,
        "response": None if refused else response,
        "is_checked": request.method == "POST",
    }
    if request.method == "POST":
        context |= {
            "review": kind.review(arranged, None if refused else response),
            "review_template": kind.template("review"),
        }
    return render(request, "items/preview.html", context)


def _version(request: HttpRequest, pk: int) -> ItemVersion:
    """The version asked for, else the newest."""
    try:
        item = item_for(request.user, pk)
    except Item.DoesNotExist:
        raise Http404 from None
    versions = item.versions.select_related("item").order_by("-number")
    asked = versions.filter(number=_number(request.GET.get("version"))).first()
    return asked or versions[0]


def _number(text: str | None) -> int:
    plain = text or ""
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 8 else 0

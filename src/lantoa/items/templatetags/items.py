import json
import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lantoa.files.links import lasting_url
from lantoa.items.kinds import kind_of
from lantoa.items.queries.images import stored_files, stored_images
from lantoa.items.rich_text import IMAGE, files_in, plain
from lantoa.items.rules import headline

register = template.Library()
register.filter("plain", plain)
register.filter("headline", headline)


@register.filter
def item_html(markup: str) -> SafeString:
    """Stored rich text as it is shown, its images with addresses."""
    files = files_in(markup) if "<img" in markup else []
    if not files:
        return mark_safe(markup)  # noqa: S308 - stored markup has passed rich_text's list
    found = stored_images(files)

    def shown(tag: re.Match[str]) -> str:
        stored = found.get(tag[1])
        if stored is None:
            return format_html('<span class="lt-muted">[{}]</span>', _("hình không còn"))
        return f'<img src="{lasting_url(stored)}" alt="{tag[2]}">'

    return mark_safe(IMAGE.sub(shown, markup))  # noqa: S308


@register.filter
def image_url(public_id: str) -> str:
    """The address of an uploaded picture; empty when there is none."""
    found = stored_images([str(public_id)])
    return "".join(lasting_url(stored) for stored in found.values())


@register.filter
def download_url(public_id: str) -> str:
    """The address of a file handed out with an item; empty when there is none."""
    found = stored_files([str(public_id)])
    return "".join(lasting_url(stored, download=True) for stored in found.values())


@register.filter
def at(values: Any, index: int) -> Any:
    """One of a list; nothing when the list is shorter or is none."""
    return values[index] if isinstance(values, list) and index < len(values) else None


@register.filter
def play_template(kind: str) -> str:
    return kind_of(kind).template("play")


@register.filter
def review_template(kind: str) -> str:
    return kind_of(kind).template("review")


@register.filter
def letter(number: int) -> str:
    """A for 1."""
    return chr(ord("A") + number - 1)


@register.filter
def joined(one: str, other: str) -> str:
    return f"{one}{other}"


@register.filter
def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

"""A form as PDF. What is printed is what the form's slots say; parts that are shuffled stand in
an order of the form's own, the same on the paper and in the key."""

import json
import logging
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from lantoa.files.models import StoredFile
from lantoa.items import draws
from lantoa.items.kinds import kind_of
from lantoa.items.kinds.base import Content
from lantoa.items.models import Form, FormSlot
from lantoa.items.printing.content import Item

log = logging.getLogger(__name__)

LAYOUT = (Path(__file__).parent / "paper.typ").read_text(encoding="utf-8")
PARTS = ("paper", "key", "sheet")
EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
DIGITS_SHOWN = 16
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def form_pdf(form: Form, slots: Sequence[FormSlot], part: str) -> bytes:
    """`part` is one of PARTS; the slots have their versions and items loaded."""
    # A paper is a document in Vietnamese, whatever language its printer reads.
    with override("vi"), tempfile.TemporaryDirectory(prefix="lantoa-print-") as folder:
        pictures = _Pictures(slots, Path(folder))
        try:
            return _set(form, slots, part, pictures)
        except typst.TypstError:
            # A damaged picture must not keep a paper from being printed: its description stands in.
            log.warning("paper set without pictures", extra={"form": form.pk}, exc_info=True)
            pictures.files = {}
            return _set(form, slots, part, pictures)


def _set(form: Form, slots: Sequence[FormSlot], part: str, pictures: "_Pictures") -> bytes:
    said = {**_heading(form, slots), "part": part}
    said["items"] = [_printed(form, slot, pictures) for slot in slots]
    (pictures.folder / "said.json").write_text(json.dumps(said, ensure_ascii=False))
    layout = pictures.folder / "paper.typ"
    layout.write_text(LAYOUT, encoding="utf-8")
    made: bytes = typst.compile(str(layout), root=str(pictures.folder), format="pdf")
    return made


def _heading(form: Form, slots: Sequence[FormSlot]) -> dict[str, Any]:
    digest = form.bundle.digest if form.bundle else ""
    return {
        "unit": form.unit.name,
        "title": form.blueprint.title,
        "minutes": form.blueprint.minutes,
        "code": form.code,
        "digest": digest[:DIGITS_SHOWN],
        "full_digest": digest,
        "points": sum(slot.points for slot in slots),
        "same_points": len({slot.points for slot in slots}) < 2,
        "stamp": _stamp(form),
    }


def _stamp(form: Form) -> str:
    if form.state == Form.State.RETIRED:
        return _("ĐÃ NGỪNG DÙNG")
    return "" if form.bundle else _("BẢN NHÁP")


def arranged(form: Form, slot: FormSlot) -> Content:
    """The slot's item in the order in which this form shows its parts, key included."""
    kind, content = kind_of(slot.version.item.kind), slot.version.content
    length = kind.order_length(content)
    order = list(range(length))
    is_key = kind.key_in_order
    if length and (form.blueprint.shuffle_options or is_key):
        rng = Random(form.pk * 1000 + slot.position)  # noqa: S311 - no secret
        order = draws.shuffled(length, rng, kind.fixed(content))
        if is_key and order == list(range(length)):
            order.reverse()
    return kind.arrange(content, order)


def _printed(form: Form, slot: FormSlot, pictures: "_Pictures") -> dict[str, Any]:
    item = Item(arranged(form, slot), pictures, kind_of(slot.version.item.kind).by_people)
    return {
        "n": slot.position,
        "points": slot.points,
        "stem": item.stem(),
        "blocks": item.blocks(),
        "sheet": item.sheet(),
        "answer": item.answer(),
        "explanation": item.explanation(),
    }


class _Pictures:
    """The pictures of a form, copied beside the layout: Typst reads nothing outside its folder."""

    def __init__(self, slots: Sequence[FormSlot], folder: Path) -> None:
        self.folder = folder
        text = " ".join(json.dumps(slot.version.content) for slot in slots)
        stored = [f for f in _mentioned(text) if f.media_type in EXTENSIONS]
        self.files = {str(file.public_id): file for file in stored}

    def __call__(self, public_id: str) -> str:
        file = self.files.get(public_id)
        if file is None:
            return ""
        name = f"{file.sha256}.{EXTENSIONS[file.media_type]}"
        target = self.folder / name
        if not target.exists():
            try:
                shutil.copyfile(Path(settings.MEDIA_ROOT) / file.path, target)
            except OSError:
                return ""
        return name


def _mentioned(text: str) -> list[StoredFile]:
    ids = set(_ID.findall(text))
    return list(StoredFile.objects.filter(public_id__in=ids)) if ids else []

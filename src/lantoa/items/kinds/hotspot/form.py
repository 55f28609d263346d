from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.files.actions import store_upload
from lantoa.files.rules import IMAGES, FileRefused
from lantoa.items.kinds.base import Content
from lantoa.items.kinds.content_form import StemForm
from lantoa.items.kinds.hotspot import shapes
from lantoa.items.kinds.hotspot.dimensions import size_of
from lantoa.items.kinds.kept_files import Kept, read_note

MOST_AREAS = 20


class HotspotForm(StemForm):
    edit_template = "items/kinds/hotspot/edit.html"

    picture = forms.FileField(
        label=gettext_lazy("Hình để chỉ vào"),
        required=False,
        max_length=400,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{word}" for word in sorted(IMAGES))}),
        help_text=gettext_lazy("PNG, JPG hoặc WebP, tối đa 5 MB. Chọn tệp khác là thay hình."),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    alt = forms.CharField(
        label=gettext_lazy("Hình cho thấy gì"),
        max_length=500,
        help_text=gettext_lazy(
            "Mô tả bằng chữ, cho người không nhìn thấy hình; đừng nói ra chỗ đúng."
        ),
    )
    areas = forms.CharField(
        label=gettext_lazy("Các vùng đúng"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Mỗi dòng một vùng, tính bằng điểm ảnh từ góc trên bên trái: “chữ nhật x y rộng cao”, "
            "“tròn x y bán-kính” hoặc “đa giác x1 y1 x2 y2 x3 y3 …”."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arrange("picture", "kept", "alt", "areas")

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        image = content["image"]
        kept = Kept(image["file"], "", image["width"], image["height"])
        return {
            **super().initial_of(content),
            "kept": kept.note,
            "alt": image["alt"],
            "areas": "\n".join(shapes.shown(area) for area in content["areas"]),
        }

    @property
    def kept_picture(self) -> Kept | None:
        """The image that is there already, for the page to show."""
        return read_note(str(self["kept"].value() or ""))

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """The areas typed that can be read, for the page to draw on the image."""
        lines = str(self["areas"].value() or "").splitlines()
        found = [area for line in lines[:MOST_AREAS] if (area := shapes.typed(line))]
        kept = self.kept_picture
        return [
            shapes.svg(a) for a in found if kept and shapes.is_sound(a, kept.width, kept.height)
        ]

    def take(self) -> list[tuple[str, str]]:
        refused = super().take()
        upload = self.typed_file("picture")
        if upload is None:
            return refused
        size = size_of(upload.file)
        try:
            stored = store_upload(upload=upload, allowed=IMAGES, actor=self.actor)
        except FileRefused as refusal:
            return [*refused, ("picture", refusal.message)]
        if size is None or max(size) > shapes.LARGEST:
            return [
                *refused,
                ("picture", _("Không đọc được kích thước của hình. Hãy lưu lại hình.")),
            ]
        self.put("kept", Kept(str(stored.public_id), stored.name, *size).note)
        return refused

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kept = data["image_kept"] = read_note(data.get("kept") or "")
        if kept is None:
            self.add_error("picture", _("Hãy chọn hình."))
        if kept and data.get("areas"):
            self._read_areas(data, kept)
        return data

    def _read_areas(self, data: dict[str, Any], kept: Kept) -> None:
        data["read"] = []
        for line in filter(str.strip, data["areas"].splitlines()):
            area = shapes.typed(line)
            shown = {"line": line.strip()[:60]}
            if area is None:
                self.add_error("areas", _("Không hiểu dòng “%(line)s”.") % shown)
            elif not shapes.is_sound(area, kept.width, kept.height):
                words = shown | {"width": kept.width, "height": kept.height}
                self.add_error(
                    "areas",
                    _("Dòng “%(line)s” thiếu số hoặc nằm ngoài hình %(width)d × %(height)d.")
                    % words,
                )
            else:
                data["read"].append(area)
        if len(data["read"]) > MOST_AREAS:
            self.add_error("areas", _("Tối đa %(most)d vùng.") % {"most": MOST_AREAS})

    def content(self) -> Content:
        data = self.cleaned_data
        kept = data["image_kept"]
        return {
            **super().content(),
            "image": {
                "file": kept.file,
                "alt": data["alt"],
                "width": kept.width,
                "height": kept.height,
            },
            "areas": data["read"],
        }

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds import parts
from lantoa.items.kinds.base import PICTURE, Base, Content, Response
from lantoa.items.kinds.hotspot import shapes
from lantoa.items.kinds.hotspot.form import MOST_AREAS, HotspotForm
from lantoa.items.kinds.kept_files import public_id
from lantoa.kernel.text import clean as clean_text


class Hotspot(Base):
    """Content: {"stem", "image": {"file": public id, "alt", "width", "height"}, "areas": [`shapes`
    …], "explanation"}. A response is a point {"x", "y"} in the image's own pixels; within any area
    it is right.
    """

    name = "hotspot"
    label = gettext_lazy("chỉ ra trên hình")
    use = gettext_lazy("Chỉ đúng một vị trí trên ảnh chụp màn hình, bản đồ, sơ đồ.")
    group = PICTURE
    position = 8
    form_class = HotspotForm

    def clean(self, content: Mapping[str, Any]) -> Content:
        given = content.get("image")
        image: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        return {
            **parts.common(content),
            "image": {
                "file": public_id(image.get("file")),
                "alt": clean_text(str(image.get("alt") or "")),
                "width": _pixels(image.get("width")),
                "height": _pixels(image.get("height")),
            },
            "areas": [shapes.clean(area) for area in parts.mappings(content.get("areas"))],
        }

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        image, areas = regular["image"], regular["areas"]
        found = parts.asked(regular["stem"])
        if not image["file"] or not image["width"] or not image["height"]:
            found.append(_("Chưa có hình để chỉ vào."))
        if not image["alt"]:
            found.append(_("Hãy mô tả hình bằng chữ."))
        if not 1 <= len(areas) <= MOST_AREAS:
            found.append(_("Cần từ 1 đến %(most)d vùng đúng trên hình.") % {"most": MOST_AREAS})
        if not all(shapes.is_sound(area, image["width"], image["height"]) for area in areas):
            found.append(_("Có vùng đúng không nằm trên hình, hoặc thiếu số."))
        return found + parts.text_problems(regular["stem"], regular["explanation"])

    def text(self, content: Content) -> str:
        return f"{parts.words(content['stem'])} {content['image']['alt']}"

    def files(self, content: Content) -> list[str]:
        inside = parts.files(content["stem"], content["explanation"])
        return [*inside, content["image"]["file"]]

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        return {"stem": content["stem"], "image": content["image"]}

    def read(self, values: Sequence[str]) -> Response:
        """Set by the script that moves the cross-hair."""
        return parts.from_json(values)

    def accepts(self, content: Content, response: Response) -> bool:
        image = content["image"]
        return (
            isinstance(response, dict)
            and response.keys() == {"x", "y"}
            and parts.is_index(response["x"], image["width"] + 1)
            and parts.is_index(response["y"], image["height"] + 1)
        )

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        if not self.accepts(content, response):
            return 0, 1
        x, y = response["x"], response["y"]
        return int(any(shapes.holds(area, x, y) for area in content["areas"])), 1

    def review(self, content: Content, response: Response) -> Content:
        return {
            "stem": content["stem"],
            "image": content["image"],
            "areas": [shapes.svg(area) for area in content["areas"]],
            "said": response if self.accepts(content, response) else None,
            # How large a cross is on an image of any size.
            "cross": max(content["image"]["width"], content["image"]["height"]) // 40 + 1,
            **parts.outcome(content, response, self.score(content, response)),
        }


def _pixels(value: object) -> int:
    return value if type(value) is int and 0 < value <= shapes.LARGEST else 0

from django import template
from django.utils.translation import gettext as _

from lantoa.people.models import Unit
from lantoa.reports.queries import CLASS_LABELS, Picture
from lantoa.web import formats

register = template.Library()


@register.filter
def plus(count: int) -> str:
    """A growth: +1.310; a bare 0."""
    return f"+{formats.number(count)}" if count > 0 else formats.number(count)


@register.inclusion_tag("reports/map.html")
def unit_map(picture: Picture, unit: Unit) -> dict[str, object]:
    """The picture as SVG, with its figures in words for who doesn't see it."""
    drawing = picture.drawing
    assert drawing is not None
    drawn = [tile for tile in picture.tiles if tile not in picture.without_shape]
    words = [
        _("%(count)s đơn vị %(class)s")
        % {"count": formats.number(sum(t.css == css for t in drawn)), "class": label}
        for css, label in CLASS_LABELS
        if any(t.css == css for t in drawn)
    ]
    return {
        "drawing": drawing,
        "title": _("Bản đồ tỷ lệ hoàn thành: %(unit)s") % {"unit": unit.name},
        "description": "; ".join(words) + ".",
        "shapes": [{"path": s.path, "tile": picture.tile_of[s.key]} for s in drawing.shapes],
        "insets": [
            {
                "box": inset,
                "middle": inset.width // 2,
                "baseline": inset.height - 28,
                "shapes": [{"path": s.path, "tile": picture.tile_of[s.key]} for s in inset.shapes],
            }
            for inset in drawing.insets
        ],
    }

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds import parts
from lantoa.items.kinds.base import ARRANGE, Base, Content, Response, in_place
from lantoa.items.kinds.ordering.form import MOST, OrderingForm

FEWEST = 2


class Ordering(Base):
    """Content: {"stem", "parts": [{"text"}, … 2–8] in the right order, "scoring": "all" | "each"
    (a point for each neighbour rightly followed), "explanation"}. Arranged, "key" lists the parts
    as they stand now, in the right order. A response lists all parts in the order chosen.
    """

    name = "ordering"
    label = gettext_lazy("sắp xếp thứ tự")
    use = gettext_lazy("Xếp các bước của một quy trình, các mốc thời gian theo thứ tự.")
    group = ARRANGE
    position = 5
    form_class = OrderingForm
    key_in_order = True

    def clean(self, content: Mapping[str, Any]) -> Content:
        listed = parts.texts(content.get("parts"))
        key: Any = content.get("key")
        return {
            **parts.common(content),
            "parts": listed,
            "scoring": "each" if content.get("scoring") == "each" else "all",
            **(_keyed(key) if parts.is_order(key, len(listed)) else {}),
        }

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        found = parts.asked(regular["stem"])
        if not FEWEST <= len(regular["parts"]) <= MOST:
            found.append(
                _("Câu hỏi cần từ %(fewest)d đến %(most)d mục để sắp xếp.")
                % {"fewest": FEWEST, "most": MOST}
            )
        found += parts.list_problems(
            regular["parts"], _("Có mục chưa có nội dung."), _("Có hai mục giống nhau.")
        )
        return found + parts.text_problems(regular["stem"], regular["explanation"])

    def text(self, content: Content) -> str:
        return parts.words(content["stem"], *parts.of(content["parts"]))

    def files(self, content: Content) -> list[str]:
        texts = parts.of(content["parts"])
        return parts.files(content["stem"], *texts, content["explanation"])

    def order_length(self, content: Content) -> int:
        return len(content["parts"])

    def arrange(self, content: Content, order: Sequence[int]) -> Content:
        arranged, places = in_place(content["parts"], order), list(order)
        rest = {name: value for name, value in content.items() if name != "key"}
        key = [places.index(index) for index in right_order(content)]
        return {**rest, "parts": arranged, **_keyed(key)}

    def restore(self, response: Response, order: Sequence[int]) -> Response:
        return [order[index] for index in response]

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        shown = range(len(content["parts"])) if order is None else order
        return {
            "stem": content["stem"],
            "parts": [{"value": index, "text": content["parts"][index]["text"]} for index in shown],
            "places": list(range(1, len(content["parts"]) + 1)),
        }

    def read(self, values: Sequence[str]) -> Response:
        """A select for each part with its place, "0:3"; only a whole order is one."""
        if len(values) == 1 and values[0].startswith("["):
            return parts.from_json(values)
        places = parts.pairs_posted(values)
        if not places or sorted(places.values()) != list(range(1, len(values) + 1)):
            return None
        return sorted(places, key=lambda part: places[part])

    def accepts(self, content: Content, response: Response) -> bool:
        return parts.is_order(response, len(content["parts"]))

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        key = right_order(content)
        accepted = self.accepts(content, response)
        if content["scoring"] == "all":
            return int(accepted and response == key), 1
        follows = set(pairwise(key))
        got = sum(pair in follows for pair in pairwise(response)) if accepted else 0
        return got, len(key) - 1

    def review(self, content: Content, response: Response) -> Content:
        said = response if self.accepts(content, response) else []
        texts, key = parts.of(content["parts"]), right_order(content)
        return {
            "stem": content["stem"],
            "parts": [
                {
                    "text": texts[index],
                    "place": place + 1,
                    "said": said.index(index) + 1 if said else None,
                    "right": bool(said) and said[place] == index,
                }
                for place, index in enumerate(key)
            ],
            **parts.outcome(content, response, self.score(content, response)),
        }


def right_order(content: Content) -> list[int]:
    key: list[int] | None = content.get("key")
    return list(range(len(content["parts"]))) if key is None else key


def _keyed(key: list[int]) -> Content:
    """No key when the parts stand in the right order: as their author wrote them."""
    return {} if key == list(range(len(key))) else {"key": key}

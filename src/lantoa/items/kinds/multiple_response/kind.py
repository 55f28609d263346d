from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds import options
from lantoa.items.kinds.base import Content, Response
from lantoa.items.kinds.multiple_response.form import MultipleResponseForm


class MultipleResponse:
    """Content: as single choice, with "answers": [index, …] (ascending) in the answer's place.

    A response is the ascending list of the indexes chosen.
    """

    name = "multiple_response"
    label = gettext_lazy("nhiều phương án đúng")
    form_class = MultipleResponseForm
    by_people = False

    def clean(self, content: Mapping[str, Any]) -> Content:
        answers = content.get("answers") or []
        chosen = sorted(set(answers)) if _all_integers(answers) else []
        return {**options.clean(content), "answers": chosen}

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        found = options.problems(regular)
        if len(regular["answers"]) < 2 or not self.accepts(regular, regular["answers"]):
            found.append(_("Hãy chọn ít nhất hai phương án đúng."))
        return found

    def text(self, content: Content) -> str:
        return options.text(content)

    def order_length(self, content: Content) -> int:
        return len(content["options"])

    def fixed(self, content: Content) -> frozenset[int]:
        return options.fixed(content)

    def arrange(self, content: Content, order: Sequence[int]) -> Content:
        places = list(order)
        return {
            **content,
            "options": options.arranged(content, order),
            "answers": sorted(places.index(answer) for answer in content["answers"]),
        }

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        return options.for_candidate(content, order)

    def read(self, values: Sequence[str]) -> Response:
        chosen = {options.posted(value) for value in values}
        return sorted(number for number in chosen if number is not None) or None

    def accepts(self, content: Content, response: Response) -> bool:
        return (
            _all_integers(response)
            and response == sorted(set(response))
            and all(0 <= index < len(content["options"]) for index in response)
        )

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        return int(response == content["answers"]), 1

    def review(self, content: Content, response: Response) -> Content:
        chosen = response or []
        return {
            "stem": content["stem"],
            "options": [
                {
                    "text": option["text"],
                    "chosen": index in chosen,
                    "right": index in content["answers"],
                }
                for index, option in enumerate(content["options"])
            ],
            "answered": bool(chosen),
            "correct": self.score(content, response) == (1, 1),
            "explanation": content["explanation"],
        }

    def explain(self, content: Content) -> str:
        return str(content["explanation"])

    def template(self, use: str) -> str:
        return f"items/kinds/{self.name}/{use}.html"


def _all_integers(value: object) -> bool:
    return isinstance(value, list) and all(type(member) is int for member in value)

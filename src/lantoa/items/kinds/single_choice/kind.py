from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds import options
from lantoa.items.kinds.base import Content, Response
from lantoa.items.kinds.single_choice.form import SingleChoiceForm


class SingleChoice:
    """Content: {"stem": html, "options": [{"text": html}, … 2–6], "answer": index,
    "explanation": html}. A response is the index of the option chosen.
    """

    name = "single_choice"
    label = gettext_lazy("một phương án đúng")
    form_class = SingleChoiceForm
    by_people = False

    def clean(self, content: Mapping[str, Any]) -> Content:
        return {**options.clean(content), "answer": content.get("answer")}

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        found = options.problems(regular)
        if not self.accepts(regular, regular["answer"]):
            found.append(_("Chưa chọn phương án đúng."))
        return found

    def text(self, content: Content) -> str:
        return options.text(content)

    def order_length(self, content: Content) -> int:
        return len(content["options"])

    def fixed(self, content: Content) -> frozenset[int]:
        return options.fixed(content)

    def arrange(self, content: Content, order: Sequence[int]) -> Content:
        return {
            **content,
            "options": options.arranged(content, order),
            "answer": list(order).index(content["answer"]),
        }

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        return options.for_candidate(content, order)

    def read(self, values: Sequence[str]) -> Response:
        return options.posted(values[0]) if values else None

    def accepts(self, content: Content, response: Response) -> bool:
        return type(response) is int and 0 <= response < len(content["options"])

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        right = type(response) is int and response == content["answer"]
        return int(right), 1

    def review(self, content: Content, response: Response) -> Content:
        return {
            "stem": content["stem"],
            "options": [
                {
                    "text": option["text"],
                    "chosen": index == response,
                    "right": index == content["answer"],
                }
                for index, option in enumerate(content["options"])
            ],
            "answered": response is not None,
            "correct": self.score(content, response) == (1, 1),
            "explanation": content["explanation"],
        }

    def explain(self, content: Content) -> str:
        return str(content["explanation"])

    def template(self, use: str) -> str:
        return f"items/kinds/{self.name}/{use}.html"

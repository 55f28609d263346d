from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds import options, parts
from lantoa.items.kinds.base import CHOOSE, Content, Response
from lantoa.items.kinds.single_choice.form import SingleChoiceForm


class SingleChoice(options.WithOptions):
    """Content: {"stem": html, "options": [{"text": html, "fixed"?: true}, … 2–6], "answer": index,
    "explanation": html}. A response is the index of the option chosen.
    """

    name = "single_choice"
    label = gettext_lazy("một phương án đúng")
    use = gettext_lazy("Một câu trả lời đúng trong 2 đến 6 phương án. Dạng thường dùng nhất.")
    group = CHOOSE
    position = 1
    form_class = SingleChoiceForm

    def clean(self, content: Mapping[str, Any]) -> Content:
        return {**options.clean(content), "answer": content.get("answer")}

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        found = options.problems(regular)
        if not self.accepts(regular, regular["answer"]):
            found.append(_("Chưa chọn phương án đúng."))
        return found

    def arrange(self, content: Content, order: Sequence[int]) -> Content:
        return {
            **content,
            "options": options.arranged(content, order),
            "answer": list(order).index(content["answer"]),
        }

    def restore(self, response: Response, order: Sequence[int]) -> Response:
        return order[response]

    def read(self, values: Sequence[str]) -> Response:
        return parts.posted(values[0]) if values else None

    def accepts(self, content: Content, response: Response) -> bool:
        return parts.is_index(response, len(content["options"]))

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        return int(type(response) is int and response == content["answer"]), 1

    def review(self, content: Content, response: Response) -> Content:
        chosen = [] if response is None else [response]
        return {
            "stem": content["stem"],
            "options": options.reviewed(content, chosen, [content["answer"]]),
            **parts.outcome(content, response, self.score(content, response)),
        }

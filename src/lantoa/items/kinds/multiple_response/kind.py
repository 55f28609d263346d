from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds import options, parts
from lantoa.items.kinds.base import CHOOSE, Content, Response
from lantoa.items.kinds.multiple_response.form import MultipleResponseForm

SCORINGS = ("all", "partial")


class MultipleResponse(options.WithOptions):
    """Content: as single choice, with "answers": [index, …] (ascending) in the answer's place and
    "scoring": "all" (all and no other, 1 point) or "partial" (a point for each right one, less one
    for each wrong one).

    A response is the ascending list of the indexes chosen.
    """

    name = "multiple_response"
    label = gettext_lazy("nhiều phương án đúng")
    use = gettext_lazy("Có từ hai phương án đúng; tính cả câu hoặc tính điểm từng phần.")
    group = CHOOSE
    position = 2
    form_class = MultipleResponseForm

    def clean(self, content: Mapping[str, Any]) -> Content:
        answers = content.get("answers") or []
        chosen = sorted(set(answers)) if _all_integers(answers) else []
        scoring = content.get("scoring")
        return {
            **options.clean(content),
            "answers": chosen,
            "scoring": scoring if scoring in SCORINGS else "all",
        }

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        found = options.problems(regular)
        if len(regular["answers"]) < 2 or not self.accepts(regular, regular["answers"]):
            found.append(_("Hãy chọn ít nhất hai phương án đúng."))
        return found

    def arrange(self, content: Content, order: Sequence[int]) -> Content:
        places = list(order)
        return {
            **content,
            "options": options.arranged(content, order),
            "answers": sorted(places.index(answer) for answer in content["answers"]),
        }

    def restore(self, response: Response, order: Sequence[int]) -> Response:
        return sorted(order[index] for index in response)

    def read(self, values: Sequence[str]) -> Response:
        chosen = {parts.posted(value) for value in values}
        return sorted(number for number in chosen if number is not None) or None

    def accepts(self, content: Content, response: Response) -> bool:
        return (
            _all_integers(response)
            and response == sorted(set(response))
            and all(0 <= index < len(content["options"]) for index in response)
        )

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        answers = content["answers"]
        # Items written before there was a choice say nothing of it.
        if content.get("scoring") != "partial":
            return int(_all_integers(response) and response == answers), 1
        if not self.accepts(content, response):
            return 0, len(answers)
        right = sum(index in answers for index in response)
        return max(0, right - (len(response) - right)), len(answers)

    def review(self, content: Content, response: Response) -> Content:
        return {
            "stem": content["stem"],
            "options": options.reviewed(content, response or [], content["answers"]),
            **parts.outcome(content, response or None, self.score(content, response)),
        }


def _all_integers(value: object) -> bool:
    return isinstance(value, list) and all(type(member) is int for member in value)

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds import parts
from lantoa.items.kinds.base import CHOOSE, Base, Content, Posted, Response, in_place
from lantoa.items.kinds.true_false.form import TrueFalseForm

FEWEST, MOST = 2, 6
SCORINGS = ("each", "all", "steps")
STEPS = {0: 0, 1: 10, 2: 25, 3: 50, 4: 100}
"""Of a hundred, by the statements judged rightly: how Bộ GDĐT marks four statements since 2025."""


class TrueFalse(Base):
    """Content: {"stem", "statements": [{"text", "true": bool}, … 2–6], "scoring": "each" | "all" |
    "steps" (of four), "explanation"}. A response says true, false or null of each statement.
    """

    name = "true_false"
    label = gettext_lazy("đúng hay sai")
    use = gettext_lazy("Nhiều nhận định về một việc, mỗi nhận định đúng hoặc sai.")
    group = CHOOSE
    position = 3
    form_class = TrueFalseForm

    def clean(self, content: Mapping[str, Any]) -> Content:
        scoring = content.get("scoring")
        return {
            **parts.common(content),
            "statements": [
                {"text": parts.inline(each.get("text")), "true": each.get("true")}
                for each in parts.mappings(content.get("statements"))
            ],
            "scoring": scoring if scoring in SCORINGS else "each",
        }

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        statements = regular["statements"]
        found = parts.asked(regular["stem"])
        if not FEWEST <= len(statements) <= MOST:
            found.append(
                _("Câu hỏi cần từ %(fewest)d đến %(most)d nhận định.")
                % {"fewest": FEWEST, "most": MOST}
            )
        found += parts.list_problems(
            statements, _("Có nhận định chưa có nội dung."), _("Có hai nhận định giống nhau.")
        )
        if not all(type(each["true"]) is bool for each in statements):
            found.append(_("Mỗi nhận định phải được ghi là đúng hoặc sai."))
        if regular["scoring"] == "steps" and len(statements) != len(STEPS) - 1:
            found.append(_("Cách tính 10 – 25 – 50 – 100% cần đúng bốn nhận định."))
        return found + parts.text_problems(regular["stem"], regular["explanation"])

    def text(self, content: Content) -> str:
        return parts.words(content["stem"], *parts.of(content["statements"]))

    def files(self, content: Content) -> list[str]:
        texts = parts.of(content["statements"])
        return parts.files(content["stem"], *texts, content["explanation"])

    def order_length(self, content: Content) -> int:
        return len(content["statements"])

    def arrange(self, content: Content, order: Sequence[int]) -> Content:
        return {**content, "statements": in_place(content["statements"], order)}

    def restore(self, response: Response, order: Sequence[int]) -> Response:
        written: list[bool | None] = [None] * len(order)
        for place, index in enumerate(order):
            written[index] = response[place]
        return written

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        shown = range(len(content["statements"])) if order is None else order
        return {
            "stem": content["stem"],
            "statements": [
                {"value": index, "text": content["statements"][index]["text"]} for index in shown
            ],
        }

    def read_form(self, posted: Posted, name: str) -> Response:
        """Each statement has a pair of buttons of its own, and so a name: "q-0", "q-1" …"""
        if posted.getlist(name):
            return self.read(posted.getlist(name))
        count = parts.posted(posted.get(f"{name}-count") or "") or 0
        known = {"1": True, "0": False}
        said = [known.get(posted.get(f"{name}-{index}") or "") for index in range(min(count, MOST))]
        return said if any(each is not None for each in said) else None

    def read(self, values: Sequence[str]) -> Response:
        return parts.from_json(values)

    def accepts(self, content: Content, response: Response) -> bool:
        return (
            isinstance(response, list)
            and len(response) == len(content["statements"])
            and all(each is None or type(each) is bool for each in response)
        )

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        statements = content["statements"]
        right = 0
        if self.accepts(content, response):
            right = sum(
                said is each["true"] for said, each in zip(response, statements, strict=True)
            )
        if content["scoring"] == "steps":
            return STEPS.get(right, 0), 100
        if content["scoring"] == "all" and right < len(statements):
            right = 0
        return right, len(statements)

    def review(self, content: Content, response: Response) -> Content:
        said = response if self.accepts(content, response) else [None] * len(content["statements"])
        return {
            "stem": content["stem"],
            "statements": [
                {
                    "text": each["text"],
                    "true": each["true"],
                    "said": one,
                    "right": one is each["true"],
                }
                for each, one in zip(content["statements"], said, strict=True)
            ],
            **parts.outcome(content, response, self.score(content, response)),
        }

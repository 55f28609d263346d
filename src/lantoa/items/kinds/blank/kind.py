from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds import gaps, parts
from lantoa.items.kinds.base import FILL, Base, Content, Response
from lantoa.items.kinds.blank.form import BlankForm


class Blank(Base):
    """Content: {"stem", "gap": text or number (`gaps`), "explanation"}. A response is the text
    typed, a number too.
    """

    name = "blank"
    label = gettext_lazy("điền từ hoặc số")
    use = gettext_lazy("Người làm tự gõ một từ, cụm từ hoặc con số.")
    group = FILL
    position = 6
    form_class = BlankForm

    def clean(self, content: Mapping[str, Any]) -> Content:
        return {**parts.common(content), "gap": gaps.clean(content.get("gap"))}

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        found = parts.asked(regular["stem"])
        if regular["gap"]["type"] == "choice":
            found.append(
                _("Câu điền nhận chữ hoặc số; muốn chọn, hãy dùng câu một phương án đúng.")
            )
        else:
            found += gaps.problems(regular["gap"])
        return found + parts.text_problems(regular["stem"], regular["explanation"])

    def text(self, content: Content) -> str:
        return f"{parts.words(content['stem'])} {gaps.text(content['gap'])}"

    def files(self, content: Content) -> list[str]:
        return parts.files(content["stem"], content["explanation"])

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        return {"stem": content["stem"], "gap": gaps.shown(content["gap"])}

    def accepts(self, content: Content, response: Response) -> bool:
        return gaps.accepts(content["gap"], response)

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        return int(gaps.is_right(content["gap"], response)), 1

    def review(self, content: Content, response: Response) -> Content:
        return {
            "stem": content["stem"],
            "said": gaps.said(content["gap"], response),
            "right": gaps.answer(content["gap"]),
            **parts.outcome(content, response or None, self.score(content, response)),
        }

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds import gaps, parts
from lantoa.items.kinds.base import FILL, Base, Content, Posted, Response
from lantoa.items.kinds.cloze import markers
from lantoa.items.kinds.cloze.form import MOST, ClozeForm


class Cloze(Base):
    """Content: {"text": html with [[1]] … [[n]], "gaps": [gap, … 1–12] (`gaps`), "explanation"}. A
    response holds for each gap the text typed, the index chosen, or null.

    Gaps are stored in the order in which they stand in the text.
    """

    name = "cloze"
    label = gettext_lazy("điền vào đoạn văn")
    use = gettext_lazy("Một đoạn văn có nhiều chỗ trống: gõ chữ, số, hoặc chọn trong danh sách.")
    group = FILL
    position = 7
    form_class = ClozeForm

    def clean(self, content: Mapping[str, Any]) -> Content:
        given = content.get("gaps")
        listed = [gaps.clean(gap) for gap in given] if isinstance(given, list) else []
        text, places = markers.numbered(parts.block(content.get("text")), len(listed))
        if places is not None:
            listed = [listed[place] for place in places]
        return {
            "text": text,
            "gaps": listed,
            "explanation": parts.block(content.get("explanation")),
        }

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        found = parts.asked(markers.without(regular["text"]))
        if not 1 <= len(regular["gaps"]) <= MOST:
            found.append(_("Đoạn văn cần từ 1 đến %(most)d chỗ trống.") % {"most": MOST})
        found += markers.problems(regular["text"], len(regular["gaps"]))
        for number, gap in enumerate(regular["gaps"], 1):
            said = {"n": number}
            found += [
                _("Chỗ trống %(n)d:") % said + " " + problem for problem in gaps.problems(gap)
            ]
        return found + parts.text_problems(regular["text"], regular["explanation"])

    def text(self, content: Content) -> str:
        words = [parts.words(markers.without(content["text"])), *map(gaps.text, content["gaps"])]
        return " ".join(words)

    def files(self, content: Content) -> list[str]:
        inside = [file for gap in content["gaps"] for file in gaps.files(gap)]
        return parts.files(content["text"], content["explanation"]) + inside

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        shown = [gaps.shown(gap) for gap in content["gaps"]]
        return {
            "gaps": shown,
            "pieces": [
                {
                    "html": html,
                    "number": None if place is None else place + 1,
                    "gap": None if place is None else shown[place],
                }
                for html, place in markers.pieces(content["text"])
            ],
        }

    def read_form(self, posted: Posted, name: str) -> Response:
        """Fields "q-1", "q-2" …; those of lists to choose from are "q-1-choice"."""
        if posted.getlist(name):
            return self.read(posted.getlist(name))
        said: list[str | int | None] = []
        for number in range(1, MOST + 1):
            field = f"{name}-{number}"
            if f"{field}-choice" in posted:
                said.append(parts.posted(posted.get(f"{field}-choice") or ""))
            elif field in posted:
                said.append((posted.get(field) or "").strip() or None)
        return said if any(each is not None for each in said) else None

    def read(self, values: Sequence[str]) -> Response:
        return parts.from_json(values)

    def accepts(self, content: Content, response: Response) -> bool:
        return (
            isinstance(response, list)
            and len(response) == len(content["gaps"])
            and all(
                each is None or gaps.accepts(gap, each)
                for gap, each in zip(content["gaps"], response, strict=True)
            )
        )

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        possible = len(content["gaps"])
        if not self.accepts(content, response):
            return 0, possible
        pairs = zip(content["gaps"], response, strict=True)
        return sum(gaps.is_right(gap, each) for gap, each in pairs), possible

    def review(self, content: Content, response: Response) -> Content:
        said = response if self.accepts(content, response) else [None] * len(content["gaps"])
        told = [
            {
                "said": gaps.said(gap, each),
                "right": gaps.answer(gap),
                "correct": gaps.is_right(gap, each),
            }
            for gap, each in zip(content["gaps"], said, strict=True)
        ]
        return {
            "pieces": [
                {"html": html, "gap": None if place is None else told[place]}
                for html, place in markers.pieces(content["text"])
            ],
            **parts.outcome(content, response, self.score(content, response)),
        }

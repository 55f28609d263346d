from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds import parts, rubric
from lantoa.items.kinds.base import WRITE, Content, Response
from lantoa.items.kinds.essay.form import MOST_WORDS, EssayForm

LONGEST = 12_000


class Essay(rubric.ByPeople):
    """Content: {"stem", "most_words": int | null, "least_words": int | null, "rubric": [{"title",
    "points"}, …], "sample": html for markers, "explanation"}. A response is text.
    """

    name = "essay"
    label = gettext_lazy("tự luận")
    use = gettext_lazy("Người làm viết bằng lời của mình; người chấm cho điểm theo tiêu chí.")
    group = WRITE
    position = 10
    form_class = EssayForm

    def clean(self, content: Mapping[str, Any]) -> Content:
        return {
            **parts.common(content),
            **rubric.clean(content),
            "least_words": _words(content.get("least_words")),
            "most_words": _words(content.get("most_words")),
        }

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        least, most = regular["least_words"], regular["most_words"]
        found = parts.asked(regular["stem"]) + rubric.problems(regular)
        if least and most and least > most:
            found.append(_("Số từ ít nhất lớn hơn số từ nhiều nhất."))
        return found + parts.text_problems(regular["stem"], regular["explanation"])

    def text(self, content: Content) -> str:
        return parts.words(content["stem"])

    def files(self, content: Content) -> list[str]:
        return parts.files(content["stem"], content["sample"], content["explanation"])

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        shown = ("stem", "least_words", "most_words", "rubric")
        return {**{name: content[name] for name in shown}, "longest": LONGEST}

    def accepts(self, content: Content, response: Response) -> bool:
        return parts.is_text(response, LONGEST)

    def review(self, content: Content, response: Response) -> Content:
        said = response if self.accepts(content, response) else ""
        return {
            "stem": content["stem"],
            "said": said,
            "words": len(said.split()),
            **self.outcome(content, said.strip() or None),
        }


def _words(value: object) -> int | None:
    return value if type(value) is int and 0 < value <= MOST_WORDS else None

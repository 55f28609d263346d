from collections.abc import Mapping, Sequence
from math import lcm
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items import kinds, rich_text
from lantoa.items.kinds import parts
from lantoa.items.kinds.base import PICTURE, Base, Content, Kind, Posted, Response
from lantoa.items.kinds.scenario.form import FEWEST, MOST, ScenarioForm
from lantoa.kernel.text import fold


class Scenario(Base):
    """Content: {"stem": the situation, "parts": [{"kind", "content"}, … 2–8], "explanation"}, the
    parts of kinds that are marked by machine. A response holds for each part what its kind takes,
    or null. Each part is worth the same.
    """

    name = "scenario"
    label = gettext_lazy("tình huống nhiều câu")
    use = gettext_lazy("Một tình huống rồi nhiều câu hỏi về nó, thuộc các dạng khác nhau.")
    group = PICTURE
    position = 9
    form_class = ScenarioForm

    def clean(self, content: Mapping[str, Any]) -> Content:
        listed = parts.mappings(content.get("parts"))
        return {**parts.common(content), "parts": [_cleaned(part) for part in listed]}

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        found = parts.asked(regular["stem"])
        if not FEWEST <= len(regular["parts"]) <= MOST:
            found.append(
                _("Tình huống cần từ %(fewest)d đến %(most)d câu hỏi.")
                % {"fewest": FEWEST, "most": MOST}
            )
        for number, part in enumerate(regular["parts"], 1):
            said, kind = {"n": number}, part_kind(part["kind"])
            if kind is None:
                found.append(_("Câu %(n)d thuộc dạng không dùng được trong tình huống.") % said)
                continue
            found += [_("Câu %(n)d:") % said + " " + one for one in kind.validate(part["content"])]
        return found + parts.text_problems(regular["stem"], regular["explanation"])

    def text(self, content: Content) -> str:
        inside = [kind.text(of) for kind, of in _parts(content)]
        return " ".join([parts.words(content["stem"]), *inside])

    def files(self, content: Content) -> list[str]:
        inside = [file for kind, of in _parts(content) for file in kind.files(of)]
        return parts.files(content["stem"], content["explanation"]) + inside

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        return {
            "stem": content["stem"],
            "parts": [
                {"kind": kind.name, "suffix": f"-part{place}", "question": kind.for_candidate(of)}
                for place, (kind, of) in enumerate(_parts(content))
            ],
            "kinds": " ".join(part["kind"] for part in content["parts"]),
        }

    def read_form(self, posted: Posted, name: str) -> Response:
        """Each part has names of its own, "q-part0 …"; which kinds they are of the form says."""
        if posted.getlist(name):
            return self.read(posted.getlist(name))
        named = (posted.get(f"{name}-kinds") or "").split(" ")[:MOST]
        said = [
            kind.read_form(posted, f"{name}-part{place}") if (kind := part_kind(each)) else None
            for place, each in enumerate(named)
        ]
        return said if any(each is not None for each in said) else None

    def read(self, values: Sequence[str]) -> Response:
        return parts.from_json(values)

    def accepts(self, content: Content, response: Response) -> bool:
        return (
            isinstance(response, list)
            and len(response) == len(content["parts"])
            and all(
                said is None or kind.accepts(of, said)
                for (kind, of), said in zip(_parts(content), response, strict=True)
            )
        )

    def score(self, content: Content, response: Response) -> tuple[int, int]:
        said = response if self.accepts(content, response) else [None] * len(content["parts"])
        marks = [kind.score(of, one) for (kind, of), one in zip(_parts(content), said, strict=True)]
        common = lcm(*(possible for _got, possible in marks))
        points = sum(got * (common // possible) for got, possible in marks)
        return points, common * len(marks)

    def review(self, content: Content, response: Response) -> Content:
        said = response if self.accepts(content, response) else [None] * len(content["parts"])
        return {
            "stem": content["stem"],
            "parts": [
                {"kind": kind.name, "review": kind.review(of, one)}
                for (kind, of), one in zip(_parts(content), said, strict=True)
            ],
            **parts.outcome(content, response, self.score(content, response)),
        }


def part_kind(name: object) -> Kind | None:
    """The kind, if a part of a scenario may be of it."""
    try:
        kind = kinds.kind_of(str(name))
    except KeyError:
        return None
    return None if kind.by_people or kind.name == Scenario.name else kind


def _parts(content: Content) -> list[tuple[Kind, Content]]:
    return [(kinds.kind_of(part["kind"]), part["content"]) for part in content["parts"]]


def _cleaned(part: Mapping[str, Any]) -> Content:
    """A part's content made safe; where its order is the key, put in the alphabet's order, since
    nothing shuffles the parts of parts."""
    given, kind = part.get("content"), part_kind(part.get("kind"))
    if kind is None:
        return {"kind": str(part.get("kind") or "")[:40], "content": {}}
    content = kind.clean(given if isinstance(given, Mapping) else {})
    if kind.key_in_order:
        texts = [fold(rich_text.plain(each["text"])) for each in content["parts"]]
        content = kind.arrange(content, sorted(range(len(texts)), key=lambda at: texts[at]))
    return {"kind": kind.name, "content": content}

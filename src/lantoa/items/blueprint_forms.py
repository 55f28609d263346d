"""The blueprint's form: its rules, its matrix, and the cells of a kind of their own."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.frameworks.models import Framework
from lantoa.frameworks.queries import topic_groups
from lantoa.items.actions import BlueprintFields, CellFields
from lantoa.items.kinds import kinds
from lantoa.items.models import Blueprint, Item
from lantoa.items.presets import Preset

Key = tuple[int, str]
MOST, MOST_POINTS = 200, 100
SPARE_ROWS = 2
MOST_ROWS = 60
PERCENTS = ("pass_mark", "part_minimum", "topic_minimum", "parts_average", "most_exposure")
NUMBERS = (*PERCENTS, "minutes", "kept_months", "attempts_allowed", "most_overlap")
HINTS = {
    "attempts_allowed": gettext_lazy("Để trống: không giới hạn."),
    "part_minimum": gettext_lazy(
        "Phần của khung (ví dụ trắc nghiệm, thực hành). Để trống: không đòi hỏi."
    ),
    "topic_minimum": gettext_lazy("Để trống: không đòi hỏi."),
    "parts_average": gettext_lazy(
        "Trung bình cộng phần trăm của các phần. Để trống: không đòi hỏi."
    ),
    "kept_months": gettext_lazy("Phần đã đạt không phải thi lại trong thời gian này."),
    "most_exposure": gettext_lazy("Khi dựng nhiều đề. Để trống: không giới hạn."),
    "most_overlap": gettext_lazy("Khi dựng nhiều đề. Để trống: ít nhất có thể."),
}


class BlueprintForm(forms.ModelForm[Blueprint]):
    """`cell-12-basic`: how many items of topic 12 at that level; `points-12-basic`: what each is
    worth; `row-0-topic` … `row-0-points`: a cell of one kind; `band-easy-least`, `-most`."""

    class Meta:
        model = Blueprint
        fields = [
            "title", "minutes", "pass_mark", "part_minimum", "topic_minimum", "parts_average",
            "kept_months", "attempts_allowed", "shuffle_items", "shuffle_options", "feedback",
            "most_exposure", "most_overlap", "legal_basis",
        ]  # fmt: skip

    sections = (
        (gettext_lazy("Bài thi"), ("title", "minutes", "attempts_allowed", "legal_basis")),
        (
            gettext_lazy("Thế nào là đạt"),
            ("pass_mark", "part_minimum", "topic_minimum", "parts_average", "kept_months"),
        ),
        (
            gettext_lazy("Khi làm bài và sau đó"),
            ("shuffle_items", "shuffle_options", "feedback"),
        ),
    )

    def __init__(
        self, *args: Any, framework: Framework, preset: Preset | None = None, **kwargs: Any
    ) -> None:
        if preset:
            told = {**preset.rules, "legal_basis": preset.legal_basis}
            kwargs["initial"] = {**kwargs.get("initial", {}), **told}
        super().__init__(*args, **kwargs)
        self.topics = [topic for group in topic_groups(framework) for topic in group.topics]
        self.preset = preset
        for name in NUMBERS:
            attrs = {"class": "lt-short", "inputmode": "numeric"}
            self.fields[name].widget = forms.TextInput(attrs=attrs)
        for name, hint in HINTS.items():
            self.fields[name].help_text = hint
        self.cells: list[CellFields] = []
        self.bands: dict[str, list[int | None]] = {}

    # What was typed, or what is kept: the page shows the one or the other.

    def counts(self) -> dict[Key, str]:
        """The matrix as text, so that what was typed wrongly is still there."""
        if self.is_bound:
            return {key: self._typed("cell", key) for key in self._keys()}
        if not self.instance.pk:
            return {key: str(n) for key, n in self._suggested().items()}
        return {(c.topic, c.level): str(c.count) for c in self._kept() if not c.kind}

    def _suggested(self) -> dict[Key, int]:
        """What the preset asks of each level, spread over the topics as evenly as it goes."""
        counts: dict[Key, int] = {}
        first = 0
        for level, total in (self.preset.levels if self.preset and self.topics else {}).items():
            for n in range(first, first + total):
                key = (self.topics[n % len(self.topics)].pk, level)
                counts[key] = counts.get(key, 0) + 1
            first += total
        return counts

    def points(self) -> dict[Key, str]:
        if self.is_bound:
            return {key: self._typed("points", key) or "1" for key in self._keys()}
        return {(c.topic, c.level): str(c.points) for c in self._kept() if not c.kind}

    def rows(self) -> list[dict[str, Any]]:
        """Cells with a kind, and a few empty ones to fill in."""
        if self.is_bound:
            rows = [self._row(n) for n in range(MOST_ROWS) if f"row-{n}-topic" in self.data]
        else:
            rows = [
                {"topic": str(c.topic), "level": c.level, "kind": c.kind, "count": str(c.count),
                 "points": str(c.points)}
                for c in self._kept() if c.kind
            ]  # fmt: skip
        filled = [row for row in rows if row["topic"] or row["count"]]
        spare = [{"topic": "", "level": "", "kind": "", "count": "", "points": "1"}] * SPARE_ROWS
        return [*filled, *spare]

    def band_rows(self) -> list[dict[str, Any]]:
        kept = self.instance.bands or self.initial.get("bands", {})
        rows = []
        for difficulty in Item.Difficulty:
            least, most = kept.get(difficulty.value, (0, None))
            row = {"name": difficulty.value, "label": difficulty.label}
            row["least"] = self._band(difficulty, "least") if self.is_bound else str(least or "")
            row["most"] = (
                self._band(difficulty, "most")
                if self.is_bound
                else "" if most is None else str(most)
            )  # fmt: skip
            rows.append(row)
        return rows

    def grouped(self) -> list[tuple[object, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.sections]

    def drawing(self) -> list[forms.BoundField]:
        return [self["most_exposure"], self["most_overlap"]]

    def kind_choices(self) -> list[tuple[str, object]]:
        return [(kind.name, kind.label) for kind in kinds()]

    # Reading what was typed.

    def _keys(self) -> Iterator[Key]:
        return ((topic.pk, level.value) for topic in self.topics for level in Item.Level)

    def _typed(self, what: str, key: Key) -> str:
        return str(self.data.get(f"{what}-{key[0]}-{key[1]}", "")).strip()[:20]

    def _band(self, difficulty: str, which: str) -> str:
        return str(self.data.get(f"band-{difficulty}-{which}", "")).strip()[:20]

    def _row(self, n: int) -> dict[str, str]:
        names = ("topic", "level", "kind", "count", "points")
        return {name: str(self.data.get(f"row-{n}-{name}", "")).strip()[:60] for name in names}

    def _kept(self) -> list[CellFields]:
        if not self.instance.pk:
            return []
        return [
            CellFields(c.topic_id, c.level, c.count, c.kind, c.points)
            for c in self.instance.cells.all()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_numbers(data)
        self._read_matrix()
        self._read_rows()
        self._read_bands()
        if not self.non_field_errors() and not any(cell.count for cell in self.cells):
            self.add_error(None, _("Ma trận chưa có câu hỏi nào: hãy nhập số câu vào một ô."))
        self._check_bands()
        return data

    def _check_numbers(self, data: dict[str, Any]) -> None:
        for name in PERCENTS:
            if (data.get(name) or 0) > 100:
                self.add_error(name, _("Tỉ lệ không quá 100%."))
        minutes = data.get("minutes")
        if minutes is not None and not 1 <= minutes <= 600:
            self.add_error("minutes", _("Thời gian làm bài từ 1 đến 600 phút."))
        if data.get("attempts_allowed") == 0:
            text = _("Để trống nếu không giới hạn; ít nhất là 1 lần.")
            self.add_error("attempts_allowed", text)
        if data.get("kept_months") is not None and not 1 <= data["kept_months"] <= 120:
            self.add_error("kept_months", _("Thời gian bảo lưu từ 1 đến 120 tháng."))
        if data.get("most_exposure") == 0:
            self.add_error("most_exposure", _("Để trống nếu không giới hạn; ít nhất là 1%."))

    def _read_matrix(self) -> None:
        titles = {topic.pk: topic.title for topic in self.topics}
        bad, worth = [], []
        for key in self._keys():
            count, points = self._typed("cell", key) or "0", self._typed("points", key) or "1"
            where = f"{titles[key[0]]}, {Item.Level(key[1]).label}"
            if (n := number(count, MOST)) is None:
                bad.append(f"{where}: “{count}”")
            elif not (p := number(points, MOST_POINTS)):
                worth.append(f"{where}: “{points}”")
            else:
                self.cells.append(CellFields(key[0], key[1], n, points=p))
        self._say(_("Số câu phải là số từ 0 đến %(most)d.") % {"most": MOST}, bad)
        self._say(_("Điểm mỗi câu phải là số từ 1 đến %(most)d.") % {"most": MOST_POINTS}, worth)

    def _read_rows(self) -> None:
        topics = {str(topic.pk): topic for topic in self.topics}
        names, levels = {kind.name for kind in kinds()}, set(Item.Level.values)
        seen: set[tuple[int, str, str]] = set()
        for n in range(MOST_ROWS):
            row = self._row(n)
            if not row["topic"] and not row["count"]:
                continue
            topic, count = topics.get(row["topic"]), number(row["count"] or "0", MOST)
            points = number(row["points"] or "1", MOST_POINTS)
            if not topic or row["level"] not in levels or row["kind"] not in names or not points:
                self._say(_("Ô theo dạng: hãy chọn đủ chuyên đề, mức, dạng."), [str(n + 1)])
            elif count is None:
                text = _("Số câu phải là số từ 0 đến %(most)d.") % {"most": MOST}
                self._say(text, [f"{topic.title}: “{row['count']}”"])
            elif (key := (topic.pk, row["level"], row["kind"])) in seen:
                self._say(_("Ô theo dạng bị lặp lại:"), [topic.title])
            else:
                seen.add(key)
                self.cells.append(CellFields(topic.pk, row["level"], count, row["kind"], points))

    def _read_bands(self) -> None:
        for difficulty in Item.Difficulty:
            least = number(self._band(difficulty, "least") or "0", MOST * 10)
            typed = self._band(difficulty, "most")
            most = number(typed, MOST * 10) if typed else None
            if least is None or (typed and most is None):
                self._say(_("Độ khó: hãy nhập số câu."), [str(difficulty.label)])
            elif most is not None and most < least:
                text = _("Độ khó: số nhiều nhất nhỏ hơn số ít nhất.")
                self._say(text, [str(difficulty.label)])
            elif least or most is not None:
                self.bands[difficulty.value] = [least, most]

    def _check_bands(self) -> None:
        """What can't be whatever the bank holds."""
        length = sum(cell.count for cell in self.cells)
        least = sum(band[0] or 0 for band in self.bands.values())
        if self.cells and least > length:
            self.add_error(
                None,
                _("Các mức độ khó đòi ít nhất %(least)d câu, đề chỉ có %(length)d.")
                % {"least": least, "length": length},
            )

    def _say(self, words: str, places: list[str]) -> None:
        if places:
            self.add_error(None, f"{words} {'; '.join(places)}")

    def blueprint_fields(self) -> BlueprintFields:
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        code = self.preset.code if self.preset else self.instance.preset
        return BlueprintFields(**told, bands=self.bands, preset=code)


def number(typed: str, most: int) -> int | None:
    plain = typed.isascii() and typed.isdigit() and len(typed) < 6
    return int(typed) if plain and int(typed) <= most else None

"""The form in which a marker gives points, criterion by criterion."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.exams.rules.marking import BadPoints, Criterion, read_points
from lantoa.web import formats

MOST_COMMENT = 4000


class PointsField(forms.CharField):
    """Points with a comma or a point; cleaned to hundredths, None when nothing was typed."""

    def __init__(self, criterion: Criterion, **options: Any) -> None:
        self.criterion = criterion
        attrs = {
            "class": "lt-short lt-num", "inputmode": "decimal", "autocomplete": "off",
            "data-points": str(criterion.possible / 100),
        }  # fmt: skip
        widget = forms.TextInput(attrs=attrs)
        super().__init__(max_length=8, widget=widget, **options)

    def validate(self, value: Any) -> None:
        """A draft may leave it out; the form asks for it at the end."""

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        try:
            return read_points(typed, self.criterion.possible)
        except BadPoints:
            most = formats.number(self.criterion.possible / 100)
            raise forms.ValidationError(
                _("Điểm từ 0 đến %(most)s, lẻ đến 0,01.") % {"most": most}
            ) from None


class MarkForm(forms.Form):
    use_required_attribute = False  # a draft may be sent as it is

    comment = forms.CharField(
        label=gettext_lazy("Nhận xét (thí sinh không thấy)"),
        required=False,
        max_length=MOST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, data: Any, criteria: Sequence[Criterion], rubric: Sequence[int | None], comment: str
    ) -> None:
        initial: dict[str, Any] = {"comment": comment}
        for place, points in enumerate(rubric[: len(criteria)]):
            initial[f"criterion_{place}"] = "" if points is None else formats.number(points / 100)
        super().__init__(data, initial=initial)
        for place, criterion in enumerate(criteria):
            self.fields[f"criterion_{place}"] = PointsField(
                criterion,
                label=_("%(title)s (tối đa %(most)s)")
                % {
                    "title": criterion.title or _("Điểm toàn bài"),
                    "most": formats.number(criterion.possible / 100),
                },
            )
        self.order_fields([*(f"criterion_{n}" for n in range(len(criteria))), "comment"])
        self.criteria = criteria
        self.finishes = data is not None and "finish" in data

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for place in range(len(self.criteria)):
            name = f"criterion_{place}"
            if self.finishes and name in data and data[name] is None:
                self.add_error(name, _("Chưa cho điểm tiêu chí này."))
        return data

    @property
    def rubric(self) -> list[int | None]:
        return [self.cleaned_data[f"criterion_{place}"] for place in range(len(self.criteria))]

    @property
    def points(self) -> list[int]:
        return [each for each in self.rubric if each is not None]

"""A survey as a form: a field for each question, once for each subject it is repeated for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from lantoa.surveys.actions.surveys import Given, asked_of
from lantoa.surveys.models import Question, Survey

Kind = Question.Kind
MOST_TEXT = 2000


class AnswerForm(forms.Form):
    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places: dict[str, tuple[Question, int | None]] = {}
        for question, subject in asked_of(survey):
            name = f"q{question.pk}" + (f"s{subject.pk}" if subject else "")
            self._places[name] = (question, subject.pk if subject else None)
            label = f"{subject.label}: {question.text}" if subject else question.text
            self.fields[name] = _field(question, label)

    def given(self) -> Given:
        found: dict[tuple[int, int | None], list[int] | str] = {}
        for name, (question, subject) in self._places.items():
            value = self.cleaned_data.get(name)
            if value in (None, "", []):
                continue
            if question.kind == Kind.TEXT:
                found[question.pk, subject] = str(value)
            else:
                several = value if isinstance(value, list) else [value]
                found[question.pk, subject] = sorted({int(one) for one in several})
        return found


def _field(question: Question, label: str) -> forms.Field:
    required = question.required
    if question.kind == Kind.TEXT:
        area = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(
            label=label, required=required, max_length=MOST_TEXT, widget=area,
            help_text=_("Đừng ghi tên người hay số điện thoại."),
        )  # fmt: skip
    if question.kind == Kind.SCALE:
        low, high = question.options
        choices = [("1", f"1 – {low}"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", f"5 – {high}")]
        return forms.ChoiceField(
            label=label, required=required, choices=choices, widget=forms.RadioSelect
        )
    choices = [(str(n), option) for n, option in enumerate(question.options)]
    if question.kind == Kind.CHOICE:
        return forms.ChoiceField(
            label=label, required=required, choices=choices, widget=forms.RadioSelect
        )
    return forms.MultipleChoiceField(
        label=label, required=required, choices=choices, widget=forms.CheckboxSelectMultiple
    )

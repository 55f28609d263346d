"""Fields for one gap in an author's form: its type, what is right, how strictly."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.items.kinds import gaps, numbers
from lantoa.items.kinds.base import Content
from lantoa.items.kinds.content_form import ContentForm
from lantoa.items.rich_text import clean_inline, from_source, to_source
from lantoa.kernel.text import clean as clean_text
from lantoa.kernel.text import nfc

PARTS = ("type", "answers", "tolerance", "case", "accents")
LABELS = {
    "text": gettext_lazy("Chữ"),
    "number": gettext_lazy("Số"),
    "choice": gettext_lazy("Danh sách chọn"),
}
HELP = {
    "text": gettext_lazy("Chữ: mỗi dòng một cách viết được chấp nhận."),
    "number": gettext_lazy("Số: chỉ một số, ví dụ 3,5."),
    "choice": gettext_lazy(
        "Danh sách chọn: mỗi dòng một phương án, dấu * đứng trước phương án đúng."
    ),
}


def gap_fields(name: str, types: Sequence[str], *, required: bool) -> dict[str, forms.Field]:
    """`gap_1` gives `gap_1_type`, `gap_1_answers` …"""
    choices = [(kind, LABELS[kind]) for kind in types]
    return {
        f"{name}_type": forms.ChoiceField(
            label=_("Người làm điền"), choices=choices, required=False, initial=types[0]
        ),
        f"{name}_answers": forms.CharField(
            label=_("Câu trả lời đúng"),
            max_length=4000,
            required=required,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=" ".join(str(HELP[kind]) for kind in types),
        ),
        f"{name}_tolerance": forms.CharField(
            label=_("Sai số cho phép (với số)"),
            max_length=20,
            required=False,
            widget=forms.TextInput(attrs={"class": "lt-short", "inputmode": "decimal"}),
        ),
        f"{name}_case": forms.BooleanField(
            label=_("Chữ hoa, chữ thường như nhau"), required=False, initial=True
        ),
        f"{name}_accents": forms.BooleanField(label=_("Không dấu cũng được"), required=False),
    }


def gap_initial(name: str, gap: Content) -> dict[str, Any]:
    known: dict[str, Any] = {f"{name}_type": gap["type"]}
    if gap["type"] == "number":
        tolerance = "" if gap["tolerance"] == "0" else numbers.shown(gap["tolerance"])
        return known | {
            f"{name}_answers": numbers.shown(gap["value"]),
            f"{name}_tolerance": tolerance,
        }
    if gap["type"] == "choice":
        lines = [
            ("* " if index == gap["answer"] else "") + to_source(option["text"]).replace("\n", " ")
            for index, option in enumerate(gap["options"])
        ]
        return known | {f"{name}_answers": "\n".join(lines)}
    return known | {
        f"{name}_answers": "\n".join(gap["accept"]),
        f"{name}_case": gap["ignore_case"],
        f"{name}_accents": gap["ignore_accents"],
    }


def gap_of(form: ContentForm, name: str) -> Content:
    """The gap typed; what is wrong with it is said beside its field. Called from `clean`."""
    data = form.cleaned_data
    lines = [clean_text(line) for line in (data.get(f"{name}_answers") or "").splitlines()]
    lines = [line for line in lines if line]
    of = data.get(f"{name}_type") or "text"
    if of == "number":
        gap = _number(form, name, lines)
    elif of == "choice":
        gap = _choice(lines)
    else:
        gap = {
            "type": "text",
            "accept": lines,
            "ignore_case": data.get(f"{name}_case"),
            "ignore_accents": data.get(f"{name}_accents"),
        }
    regular = gaps.clean(gap)
    if not form.has_error(f"{name}_answers") and not form.has_error(f"{name}_tolerance"):
        for problem in gaps.problems(regular):
            form.add_error(f"{name}_answers", problem)
    return regular


def _number(form: ContentForm, name: str, lines: list[str]) -> Content:
    typed = {
        f"{name}_answers": lines[0] if len(lines) == 1 else "",
        f"{name}_tolerance": (form.cleaned_data.get(f"{name}_tolerance") or "0").strip(),
    }
    read = []
    for field, text in typed.items():
        values = sorted(numbers.readings(text))
        if len(values) == 1:
            read.append(numbers.canonical(values[0]))
            continue
        read.append("")
        if len(values) > 1:
            shown = {"one": numbers.shown(numbers.canonical(values[0])),
                     "other": numbers.shown(numbers.canonical(values[1]))}  # fmt: skip
            form.add_error(
                field, _("Chưa rõ là %(one)s hay %(other)s: hãy viết không có dấu chấm.") % shown
            )
        elif field.endswith("_tolerance") or lines:
            form.add_error(field, _("Hãy nhập một số, ví dụ 3,5."))
    return {"type": "number", "value": read[0], "tolerance": read[1]}


def _choice(lines: list[str]) -> Content:
    marked = [index for index, line in enumerate(lines) if line.startswith("*")]
    options = [clean_inline(nfc(from_source(line.lstrip("*")))) for line in lines]
    answer = marked[0] if len(marked) == 1 else None
    return {"type": "choice", "options": [{"text": text} for text in options], "answer": answer}

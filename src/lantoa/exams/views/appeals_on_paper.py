"""An appeal that came in on paper: candidates with a number and a code have no account."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from lantoa.accounts.asking import user_of
from lantoa.exams.actions.appeals import file_appeal
from lantoa.exams.models import Sitting
from lantoa.exams.permissions import council_sees
from lantoa.exams.queries.appeals import attempts_of
from lantoa.exams.refusals import Refused
from lantoa.kernel import clock
from lantoa.web.fields import DayField


class PaperForm(forms.Form):
    candidate = forms.CharField(
        label=gettext_lazy("Số báo danh hoặc họ tên"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    received_on = DayField(label=gettext_lazy("Nhận đơn ngày"))
    reason = forms.CharField(
        label=gettext_lazy("Nội dung đơn"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Chép câu hoặc phần mà thí sinh đề nghị xem lại, và vì sao."),
    )

    def __init__(self, data: Any, sitting: Sitting) -> None:
        super().__init__(data, initial={"received_on": clock.today()})
        self.sitting = sitting

    def clean_candidate(self) -> Any:
        found = attempts_of(self.sitting, self.cleaned_data["candidate"])
        if not found:
            raise forms.ValidationError(_("Không có thí sinh nào đã nộp bài khớp với chữ này."))
        if len(found) > 1:
            names = "; ".join(f"{one.candidate.person} ({one.candidate.number})" for one in found)
            raise forms.ValidationError(
                _("Có nhiều người khớp: %(names)s. Hãy nhập số báo danh.") % {"names": names}
            )
        return found[0]

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Ngày nhận đơn chưa tới."))
        return day


@login_required
@never_cache
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = get_object_or_404(council_sees(request.user), pk=pk)
    form = PaperForm(request.POST if request.method == "POST" else None, sitting)
    if form.is_valid():
        told = form.cleaned_data
        try:
            appeal = file_appeal(
                actor=user_of(request),
                attempt=told["candidate"],
                reason=told["reason"],
                received_on=told["received_on"],
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã ghi đơn phúc khảo."))
            return redirect("exams:appeal", appeal.pk)
    return render(request, "exams/paper_appeal.html", {"sitting": sitting, "form": form})

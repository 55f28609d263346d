"""What members said of a class."""

from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.audit.actions import record
from lantoa.classes.queries.evaluations import Evaluation, evaluation_for
from lantoa.classes.views.access import staff_only
from lantoa.web.sheets import Cell, sheet_response


@staff_only
@require_GET
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    found = evaluation_for(user_of(request), pk)
    context = {"class": found.training_class, "survey": found.survey, "results": found.results}
    return render(request, "classes/evaluation.html", context)


@staff_only
@require_GET
def evaluation_export(request: HttpRequest, pk: int) -> FileResponse:
    user = user_of(request)
    found = evaluation_for(user, pk)
    record(actor=user, action="classes.export_evaluation", on=found.training_class)
    heads = [
        (_("Về"), 28), (_("Câu hỏi"), 50), (_("Trả lời"), 40), (_("Người"), 10), (_("Tỷ lệ"), 10)
    ]  # fmt: skip
    titles = [
        found.survey.title,
        _("%(answered)d trên %(invited)d người trả lời")
        % {"answered": found.results.answered, "invited": found.results.invited},
    ]
    return sheet_response("danh-gia-lop", _("Đánh giá"), heads, _rows(found), titles=titles)


def _rows(found: Evaluation) -> Iterator[list[Cell]]:
    for label, asked in found.results.about:
        for one in asked:
            about = label or _("Lớp học")
            for bar in one.bars:
                yield [about, one.question.text, bar.label, bar.count, bar.percent / 100]
            for text in one.texts:
                yield [about, one.question.text, text, None, None]

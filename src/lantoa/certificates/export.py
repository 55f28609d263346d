import io

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from lantoa.certificates.models import Certificate
from lantoa.certificates.rules import register_entry
from lantoa.web.formats import day

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register_workbook(certificates: QuerySet[Certificate]) -> HttpResponse:
    """The register as a sheet. Cells are written as strings: a name that begins with "=" stays one
    (formula injection)."""
    made = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(made, options) as book:
        sheet = book.add_worksheet(_("Sổ cấp giấy chứng nhận")[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        heads = [
            _("STT"),
            _("Số vào sổ"),
            _("Số hiệu"),
            _("Họ và tên"),
            _("Ngày sinh"),
            _("Đơn vị công tác"),
            _("Chương trình"),
            _("Ngày cấp"),
            _("Tình trạng"),
        ]
        sheet.write_row(0, 0, heads, bold)
        for column, width in enumerate((6, 12, 22, 28, 12, 32, 50, 12, 24)):
            sheet.set_column(column, column, width)
        for row, found in enumerate(certificates.iterator(chunk_size=1000), start=1):
            sheet.write_number(row, 0, row)
            for column, text in enumerate(_cells(found), start=1):
                sheet.write_string(row, column, text)
    answer = HttpResponse(made.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="so-cap-giay-chung-nhan.xlsx"'
    return answer


def _cells(found: Certificate) -> list[str]:
    revoked = hasattr(found, "revocation")
    return [
        register_entry(found.register_number, found.register.year),
        found.serial,
        found.holder_name,
        day(found.holder_birth_date) if found.holder_birth_date else "",
        found.snapshot["unit"],
        found.snapshot["programme"],
        day(found.issued_at),
        _("Đã thu hồi: %(reason)s") % {"reason": found.revocation.reason}
        if revoked
        else _("Còn hiệu lực"),
    ]

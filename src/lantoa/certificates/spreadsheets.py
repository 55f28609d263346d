"""The register as .xlsx, in the columns of the book that offices keep."""

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.certificates.models import Certificate
from lantoa.certificates.rules import register_entry
from lantoa.web.formats import day
from lantoa.web.sheets import Cell, sheet_response

CHUNK = 1000


def register_sheet(certificates: QuerySet[Certificate]) -> FileResponse:
    heads = (
        (_("STT"), 6), (_("Số vào sổ"), 12), (_("Số hiệu"), 22), (_("Họ và tên"), 28),
        (_("Ngày sinh"), 12), (_("Đơn vị công tác"), 32), (_("Chương trình"), 50),
        (_("Ngày cấp"), 12), (_("Trạng thái"), 24),
    )  # fmt: skip
    listed = certificates.iterator(chunk_size=CHUNK)
    rows = ((number, *_cells(found)) for number, found in enumerate(listed, start=1))
    return sheet_response("so-cap-giay-chung-nhan", _("Sổ cấp giấy chứng nhận"), heads, rows)


def _cells(found: Certificate) -> tuple[Cell, ...]:
    standing = _("Còn hiệu lực")
    if hasattr(found, "revocation"):
        standing = _("Đã thu hồi: %(reason)s") % {"reason": found.revocation.reason}
    return (
        register_entry(found.register_number, found.register.year),
        found.serial,
        found.holder_name,
        found.holder_birth_date,
        found.snapshot["unit"],
        found.snapshot["programme"],
        day(found.issued_at),
        standing,
    )

"""Why a whole file cannot be taken, as sentences for the person who sent it."""

from typing import Final

from lantoa.people.rosters.msgids import gettext_noop

REFUSALS: Final[dict[str, str]] = {
    "empty_file": gettext_noop("Tệp trống, không có dữ liệu nào."),
    "too_big": gettext_noop("Tệp lớn hơn %(limit)s MB. Hãy chia danh sách thành nhiều tệp."),
    "wrong_type": gettext_noop(
        "Tệp này không phải danh sách Excel, ODS hay CSV. "
        "Hãy gửi tệp có đuôi .xlsx, .xls, .ods hoặc .csv."
    ),
    "wrong_extension": gettext_noop(
        "Tệp có đuôi %(extension)s nhưng nội dung bên trong thuộc loại khác. "
        "Hãy mở tệp bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx."
    ),
    "binary_workbook": gettext_noop(
        "Tệp là sổ tính nhị phân (.xlsb). Hãy mở bằng Excel rồi lưu lại dạng .xlsx."
    ),
    "macro": gettext_noop(
        "Tệp có chứa macro nên không được nhận. "
        "Hãy lưu lại dạng “Excel Workbook (.xlsx)” không có macro."
    ),
    "password": gettext_noop("Tệp được bảo vệ bằng mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."),
    "unpacks_too_big": gettext_noop(
        "Tệp bung ra quá lớn so với một danh sách. Hãy chép riêng phần danh sách sang một tệp mới."
    ),
    "too_many_rows": gettext_noop(
        "Tệp có dữ liệu quá %(limit)s hàng. Hãy chia danh sách thành nhiều tệp, "
        "hoặc xóa các hàng thừa phía dưới danh sách."
    ),
    "too_many_columns": gettext_noop(
        "Tệp có dữ liệu quá %(limit)s cột. Hãy xóa các cột thừa bên phải danh sách."
    ),
    "too_many_sheets": gettext_noop("Tệp có quá %(limit)s trang tính. Hãy chia thành nhiều tệp."),
    "damaged": gettext_noop(
        "Không đọc được tệp: tệp hỏng hoặc không đúng định dạng. "
        "Hãy mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx."
    ),
    "unknown_encoding": gettext_noop(
        "Không nhận ra bảng mã chữ của tệp CSV. Hãy lưu lại dạng “CSV UTF-8” hoặc .xlsx."
    ),
}


class RosterRefused(Exception):
    """The file as a whole cannot be read. `code` is a key of REFUSALS."""

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params = params
        self.message_vi = self.template % params
        super().__init__(self.message_vi)

    @property
    def template(self) -> str:
        """The msgid; the caller translates it and fills in `params`."""
        return REFUSALS[self.code]

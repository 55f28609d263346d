"""Everything the reading of a roster can say about a row or a sheet, in one place.

`wrong`: the row cannot be taken until somebody mends it. `doubtful`: a person must decide; a value
in doubt is kept out, unless the message says that it stands. `info`: written in another form,
nothing to decide.
"""

import dataclasses
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, Self

from lantoa.people.rosters.fields import FIELD_LABELS, Field
from lantoa.people.rosters.match_messages import MATCHING
from lantoa.people.rosters.msgids import gettext_noop


class Level(StrEnum):
    INFO = "info"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"

    @property
    def weight(self) -> int:
        return _WEIGHTS[self]


_WEIGHTS: Final = {Level.INFO: 1, Level.DOUBTFUL: 2, Level.WRONG: 3}

_INFO, _DOUBTFUL, _WRONG = Level.INFO, Level.DOUBTFUL, Level.WRONG

MESSAGES: Final[dict[str, tuple[Level, str]]] = {
    # names
    "name_missing": (_WRONG, gettext_noop("Thiếu tên.")),
    "name_too_long": (_WRONG, gettext_noop("Họ tên dài quá mức: có thể ô này không phải họ tên.")),
    "name_odd": (_DOUBTFUL, gettext_noop("Họ tên có ký tự lạ: “%(typed)s”.")),
    "name_one_word": (_DOUBTFUL, gettext_noop("Họ tên chỉ có một từ: “%(typed)s”.")),
    "name_only": (_DOUBTFUL, gettext_noop("Hàng chỉ có họ tên, các cột khác đều trống.")),
    "name_rewritten": (_INFO, gettext_noop("Viết lại họ tên “%(typed)s” thành “%(name)s”.")),
    "name_composed": (
        _INFO,
        gettext_noop("Họ tên gõ bằng dấu rời (Unicode tổ hợp), đã đổi sang Unicode dựng sẵn."),
    ),
    "old_encoding": (
        _INFO,
        gettext_noop("Chữ theo bảng mã cũ %(encoding)s, đã đổi sang Unicode: “%(name)s”."),
    ),
    "encoding_unclear": (
        _DOUBTFUL,
        gettext_noop("Hàng này có chữ theo bảng mã cũ; hãy xem lại cách viết “%(name)s”."),
    ),
    # dates of birth
    "birth_year_only": (_INFO, gettext_noop("Chỉ có năm sinh %(year)s, chưa có ngày và tháng.")),
    "birth_month_only": (
        _DOUBTFUL,
        gettext_noop("Ngày sinh “%(typed)s” thiếu ngày: chỉ lấy năm %(year)s."),
    ),
    "birth_two_digit_year": (
        _INFO,
        gettext_noop("Năm sinh viết hai chữ số “%(typed)s”, hiểu là %(year)s."),
    ),
    "birth_from_serial": (
        _INFO,
        gettext_noop("Ngày sinh là số thứ tự ngày của Excel (%(typed)s), hiểu là %(date)s."),
    ),
    "birth_no_separators": (
        _INFO,
        gettext_noop("Ngày sinh viết liền “%(typed)s”, hiểu là %(date)s."),
    ),
    "birth_impossible": (_WRONG, gettext_noop("Không có ngày “%(typed)s”.")),
    "birth_unreadable": (_WRONG, gettext_noop("Không đọc được ngày sinh “%(typed)s”.")),
    "birth_unlikely": (_WRONG, gettext_noop("Ngày sinh “%(typed)s” không thể đúng.")),
    "birth_month_first": (
        _DOUBTFUL,
        gettext_noop("Ngày sinh “%(typed)s” có vẻ viết tháng trước ngày; chưa nhập ngày này."),
    ),
    "birth_order_unclear": (
        _DOUBTFUL,
        gettext_noop(
            "Cột này có ngày viết tháng trước ngày, nên “%(typed)s” có thể hiểu hai cách; "
            "chưa nhập ngày này."
        ),
    ),
    "birth_maybe_swapped": (
        _DOUBTFUL,
        gettext_noop("Có vẻ Excel đã đảo ngày và tháng trong cột này; chưa nhập ngày “%(typed)s”."),
    ),
    "birth_century_unclear": (
        _DOUBTFUL,
        gettext_noop("Năm sinh hai chữ số “%(typed)s” có thể hiểu hai cách; chưa nhập ngày này."),
    ),
    # sex
    "sex_unknown": (_DOUBTFUL, gettext_noop("Không hiểu giới tính “%(typed)s”.")),
    "sex_both": (
        _DOUBTFUL,
        gettext_noop("Cả cột Nam và cột Nữ đều có dữ liệu; chưa nhập giới tính."),
    ),
    "birth_both_columns": (
        _DOUBTFUL,
        gettext_noop("Cột Nam và cột Nữ ghi hai ngày sinh khác nhau; chưa nhập ngày sinh."),
    ),
    "sex_conflict": (
        _DOUBTFUL,
        gettext_noop("Giới tính ở hai cột không khớp nhau; chưa nhập giới tính."),
    ),
    "sex_against_name": (
        _DOUBTFUL,
        gettext_noop("Đệm là “Thị” nhưng giới tính ghi Nam; giữ như trong danh sách."),
    ),
    # phone numbers
    "phone_zero_restored": (_INFO, gettext_noop("Thêm lại số 0 ở đầu: %(phone)s.")),
    "phone_several": (
        _DOUBTFUL,
        gettext_noop("Có nhiều số điện thoại “%(typed)s”; lấy số đầu: %(phone)s."),
    ),
    "phone_old": (
        _DOUBTFUL,
        gettext_noop("“%(typed)s” là số di động 11 chữ số trước năm 2018; chưa nhập số này."),
    ),
    "phone_landline": (
        _DOUBTFUL,
        gettext_noop("“%(typed)s” là số cố định, không dùng để đăng nhập; chưa nhập số này."),
    ),
    "phone_prefix": (
        _DOUBTFUL,
        gettext_noop("Đầu số di động “%(typed)s” không có ở Việt Nam; chưa nhập số này."),
    ),
    "phone_unreadable": (
        _DOUBTFUL,
        gettext_noop("“%(typed)s” không phải số điện thoại di động; chưa nhập số này."),
    ),
    "phone_spoilt": (
        _DOUBTFUL,
        gettext_noop("Excel đã làm hỏng số điện thoại (“%(typed)s”); chưa nhập số này."),
    ),
    # e-mail
    "email_tidied": (_INFO, gettext_noop("Viết lại thư điện tử “%(typed)s” thành “%(email)s”.")),
    "email_several": (
        _DOUBTFUL,
        gettext_noop("Có nhiều thư điện tử “%(typed)s”; lấy địa chỉ đầu: %(email)s."),
    ),
    "email_unreadable": (
        _DOUBTFUL,
        gettext_noop("“%(typed)s” không phải địa chỉ thư điện tử; chưa nhập địa chỉ này."),
    ),
    "email_maybe_typo": (
        _DOUBTFUL,
        gettext_noop("Địa chỉ “%(typed)s” có vẻ gõ nhầm (%(suggestion)s?); chưa nhập địa chỉ này."),
    ),
    # personal numbers: the number itself never stands in a message
    "personal_number_lost_zero": (
        _DOUBTFUL,
        gettext_noop(
            "Số định danh chỉ còn 11 chữ số: có lẽ Excel đã bỏ số 0 ở đầu. Chưa nhập số này."
        ),
    ),
    "personal_number_scientific": (
        _DOUBTFUL,
        gettext_noop(
            "Excel đã đổi số định danh thành dạng rút gọn (…E+10), các chữ số cuối đã mất. "
            "Chưa nhập số này."
        ),
    ),
    "personal_number_old": (
        _DOUBTFUL,
        gettext_noop("Số có 9 chữ số là chứng minh nhân dân cũ. Chưa nhập số này."),
    ),
    "personal_number_length": (
        _DOUBTFUL,
        gettext_noop("Số định danh phải có 12 chữ số, ở đây có %(count)s. Chưa nhập số này."),
    ),
    "personal_number_odd": (
        _DOUBTFUL,
        gettext_noop("Số định danh có ký tự không phải chữ số. Chưa nhập số này."),
    ),
    "personal_number_province": (
        _DOUBTFUL,
        gettext_noop("Ba số đầu của số định danh không phải mã tỉnh nào; vẫn giữ số này."),
    ),
    "personal_number_birth": (
        _DOUBTFUL,
        gettext_noop("Số định danh ứng với năm sinh %(year)s, khác ngày sinh; vẫn giữ cả hai."),
    ),
    "personal_number_sex": (
        _DOUBTFUL,
        gettext_noop("Số định danh ứng với giới tính khác giới tính đã ghi; vẫn giữ cả hai."),
    ),
    # other cells
    "too_long": (
        _DOUBTFUL,
        gettext_noop("Nội dung dài quá %(limit)s ký tự; chưa nhập nội dung này."),
    ),
    # rows compared with each other
    "duplicate": (_INFO, gettext_noop("Trùng với hàng %(row)s: cùng một người, chỉ nhập một lần.")),
    "duplicate_elsewhere": (
        _INFO,
        gettext_noop("Trùng với hàng %(row)s của trang “%(sheet)s”: cùng một người."),
    ),
    "duplicate_differs": (
        _DOUBTFUL,
        gettext_noop("Có vẻ là người ở hàng %(row)s (trang “%(sheet)s”) nhưng khác: %(fields)s."),
    ),
    "same_name_and_birth": (
        _DOUBTFUL,
        gettext_noop(
            "Cùng họ tên và ngày sinh với hàng %(row)s (trang “%(sheet)s”): "
            "một người hay hai người?"
        ),
    ),
    "same_name_and_unit": (
        _DOUBTFUL,
        gettext_noop(
            "Cùng họ tên và đơn vị với hàng %(row)s (trang “%(sheet)s”): một người hay hai người?"
        ),
    ),
    "phone_shared": (
        _DOUBTFUL,
        gettext_noop("Số điện thoại này cũng ghi cho người khác ở hàng %(row)s (“%(sheet)s”)."),
    ),
    "email_shared": (
        _DOUBTFUL,
        gettext_noop("Thư điện tử này cũng ghi cho người khác ở hàng %(row)s (“%(sheet)s”)."),
    ),
    "personal_number_shared": (
        _DOUBTFUL,
        gettext_noop("Số định danh này cũng ghi cho người khác ở hàng %(row)s (“%(sheet)s”)."),
    ),
    # units, matched by the caller
    "unit_missing": (_WRONG, gettext_noop("Thiếu đơn vị.")),
    "unit_unknown": (_WRONG, gettext_noop("Không có đơn vị nào tên “%(typed)s” trong phạm vi.")),
    "unit_similar": (
        _DOUBTFUL,
        gettext_noop("Không có đơn vị “%(typed)s”; có phải %(suggestions)s?"),
    ),
    "unit_several": (
        _DOUBTFUL,
        gettext_noop("“%(typed)s” có thể là nhiều đơn vị: %(suggestions)s."),
    ),
    "unit_other_kind": (
        _DOUBTFUL,
        gettext_noop("Ghi là “%(typed)s” nhưng trong hệ thống là %(suggestions)s."),
    ),
    "unit_old_name": (_INFO, gettext_noop("“%(typed)s” là tên cũ, nay là %(name)s.")),
    # sheets
    "sheet_hidden": (_DOUBTFUL, gettext_noop("Trang tính ẩn, không đọc.")),
    "sheet_left_out": (_INFO, gettext_noop("Trang tính được chọn bỏ qua.")),
    "sheet_without_header": (
        _DOUBTFUL,
        gettext_noop("Không tìm thấy hàng tiêu đề có cột họ tên nên không đọc trang này."),
    ),
    "sheet_encoding": (
        _INFO,
        gettext_noop("Trang viết theo bảng mã cũ %(encoding)s, đã đổi sang Unicode."),
    ),
    "second_table": (
        _WRONG,
        gettext_noop(
            "Từ hàng %(row)s có một bảng khác với tiêu đề khác; chỉ đọc đến hàng trước đó."
        ),
    ),
    "column_unsure": (
        _DOUBTFUL,
        gettext_noop("Cột %(column)s (“%(header)s”): hãy kiểm tra đây có phải %(fields)s không."),
    ),
    "column_not_used": (
        _INFO,
        gettext_noop("Cột %(column)s (“%(header)s”) không được nhập."),
    ),
    "column_repeated": (
        _DOUBTFUL,
        gettext_noop("Cột %(column)s (“%(header)s”) cũng là %(fields)s; đang bỏ qua cột này."),
    ),
    "total_differs": (
        _DOUBTFUL,
        gettext_noop("Danh sách ghi tổng cộng %(claimed)s người, nhưng đọc được %(read)s hàng."),
    ),
    **{code: (Level(level), msgid) for code, (level, msgid) in MATCHING.items()},
}
"""code -> (level, msgid). The msgid is filled in with `%` after translation."""


@dataclasses.dataclass(frozen=True, slots=True)
class Issue:
    """Something to tell about a row, a cell of it, or a sheet.

    `field` is the value of a `Field`, or "" for the row or sheet as a whole. `params` holds only
    strings and numbers, so that an issue can be kept as JSON and shown in any language; under
    "fields" stand values of `Field`, separated by commas.
    """

    code: str
    field: str = ""
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict)

    @property
    def level(self) -> Level:
        return MESSAGES[self.code][0]

    @property
    def message_vi(self) -> str:
        return self.text(lambda msgid: msgid)

    def text(self, translate: Callable[[str], str]) -> str:
        """The sentence; `translate` turns msgids into the reader's language (gettext)."""
        params = dict(self.params)
        if "fields" in params:
            names = str(params["fields"]).split(",")
            params["fields"] = ", ".join(translate(FIELD_LABELS[Field(name)]) for name in names)
        return translate(MESSAGES[self.code][1]) % params

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "field": self.field, "params": dict(self.params)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["code"], data["field"], data["params"])

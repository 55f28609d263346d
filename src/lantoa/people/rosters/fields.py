"""What a column of a roster can mean."""

from enum import StrEnum
from typing import Final

from lantoa.people.rosters.msgids import gettext_noop


class Field(StrEnum):
    """The values are stored in saved mappings: rename none."""

    FULL_NAME = "full_name"
    FAMILY_MIDDLE = "family_middle"
    MIDDLE = "middle"
    GIVEN = "given"
    BIRTH_DATE = "birth_date"
    BIRTH_DATE_MALE = "birth_date_male"
    BIRTH_DATE_FEMALE = "birth_date_female"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    SEX = "sex"
    MALE_MARK = "male_mark"
    FEMALE_MARK = "female_mark"
    PERSONAL_NUMBER = "personal_number"
    PHONE = "phone"
    EMAIL = "email"
    TITLE = "title"
    UNIT = "unit"
    ETHNICITY = "ethnicity"
    NOTE = "note"
    ORDINAL = "ordinal"
    IGNORE = "ignore"

    # The one of Enum is written in Python, and every cell of a roster is looked up by its field.
    __hash__ = str.__hash__


FIELD_LABELS: Final[dict[Field, str]] = {
    Field.FULL_NAME: gettext_noop("Họ và tên"),
    Field.FAMILY_MIDDLE: gettext_noop("Họ và đệm"),
    Field.MIDDLE: gettext_noop("Đệm"),
    Field.GIVEN: gettext_noop("Tên"),
    Field.BIRTH_DATE: gettext_noop("Ngày sinh"),
    Field.BIRTH_DATE_MALE: gettext_noop("Ngày sinh (cột Nam)"),
    Field.BIRTH_DATE_FEMALE: gettext_noop("Ngày sinh (cột Nữ)"),
    Field.BIRTH_DAY: gettext_noop("Ngày sinh: ngày"),
    Field.BIRTH_MONTH: gettext_noop("Ngày sinh: tháng"),
    Field.BIRTH_YEAR: gettext_noop("Ngày sinh: năm"),
    Field.SEX: gettext_noop("Giới tính"),
    Field.MALE_MARK: gettext_noop("Đánh dấu Nam"),
    Field.FEMALE_MARK: gettext_noop("Đánh dấu Nữ"),
    Field.PERSONAL_NUMBER: gettext_noop("Số định danh cá nhân (CCCD)"),
    Field.PHONE: gettext_noop("Số điện thoại"),
    Field.EMAIL: gettext_noop("Thư điện tử"),
    Field.TITLE: gettext_noop("Chức vụ, chức danh"),
    Field.UNIT: gettext_noop("Đơn vị"),
    Field.ETHNICITY: gettext_noop("Dân tộc"),
    Field.NOTE: gettext_noop("Ghi chú"),
    Field.ORDINAL: gettext_noop("Số thứ tự"),
    Field.IGNORE: gettext_noop("Bỏ qua"),
}
"""Msgids: the caller translates them."""

NAME_FIELDS: Final = frozenset({Field.FULL_NAME, Field.FAMILY_MIDDLE, Field.GIVEN})
BIRTH_FIELDS: Final = frozenset(
    {
        Field.BIRTH_DATE,
        Field.BIRTH_DATE_MALE,
        Field.BIRTH_DATE_FEMALE,
        Field.BIRTH_DAY,
        Field.BIRTH_MONTH,
        Field.BIRTH_YEAR,
    }
)

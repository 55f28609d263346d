import io

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lantoa.people.models import Person
from lantoa.people.rules.sheets import Cell, workbook

CHUNK = 2000
WIDTHS = (6, 28, 12, 10, 34, 36, 14, 30)


def persons_sheet(persons: QuerySet[Person]) -> io.BytesIO:
    """People in Vietnamese order, in the columns and form in which lists are exchanged."""
    headers = (
        _("STT"), _("Họ và tên"), _("Ngày sinh"), _("Giới tính"), _("Chức vụ"),
        _("Đơn vị công tác"), _("Số điện thoại"), _("Email"),
    )  # fmt: skip
    ordered = persons.select_related("unit").order_by("sort_key", "id")
    rows = (
        _row(number, person)
        for number, person in enumerate(ordered.iterator(chunk_size=CHUNK), start=1)
    )
    return workbook(_("Danh sách"), headers, WIDTHS, rows)


def _row(number: int, person: Person) -> tuple[Cell, ...]:
    return (
        number,
        person.full_name,
        person.birth_date or str(person.birth_year or ""),
        person.get_sex_display(),
        person.title,
        person.unit.name,
        person.phone,
        person.email,
    )

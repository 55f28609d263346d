"""People as .xlsx, in the columns in which units exchange lists."""

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.people.models import Person
from lantoa.web.sheets import Cell, sheet_response

CHUNK = 2000


def persons_sheet(persons: QuerySet[Person], *, filename: str) -> FileResponse:
    """People in Vietnamese order of names."""
    heads = (
        (_("STT"), 6), (_("Họ và tên"), 28), (_("Ngày sinh"), 12), (_("Giới tính"), 10),
        (_("Chức vụ"), 34), (_("Đơn vị công tác"), 36), (_("Số điện thoại"), 14), (_("Email"), 30),
    )  # fmt: skip
    ordered = persons.select_related("unit").order_by("sort_key", "id").iterator(chunk_size=CHUNK)
    rows = ((number, *_cells(person)) for number, person in enumerate(ordered, start=1))
    return sheet_response(filename, _("Danh sách"), heads, rows)


def _cells(person: Person) -> tuple[Cell, ...]:
    return (
        person.full_name,
        person.birth_date or person.born,
        person.get_sex_display(),
        person.title,
        person.unit.name,
        person.phone,
        person.email,
    )

"""People as .xlsx, in the columns in which units exchange lists."""

from collections.abc import Callable, Iterator
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.people.models import Person, Qualification
from lantoa.web.sheets import Cell, sheet_response, write_sheet

CHUNK = 2000


def persons_sheet(persons: QuerySet[Person], *, filename: str) -> FileResponse:
    """A download of people in Vietnamese order of names."""
    return sheet_response(filename, _("Danh sách"), _heads(), _rows(persons))


def qualifications_sheet(holders: QuerySet[Any], *, filename: str) -> FileResponse:
    """A download of who holds which highest qualification (`queries.qualifications`)."""
    heads = [
        (_("STT"), 6), (_("Họ và tên"), 28), (_("Ngày sinh"), 12), (_("Chức vụ"), 34),
        (_("Đơn vị công tác"), 36), (_("Trình độ"), 12), (_("Ngành đào tạo"), 34),
        (_("Nơi cấp"), 34), (_("Năm cấp"), 10),
    ]  # fmt: skip
    rows = (
        (
            number,
            person.full_name,
            person.birth_date or person.born,
            person.title,
            person.unit.name,
            str(Qualification.Level(person.highest).label),
            person.subject,
            person.school,
            person.year or "",
        )
        for number, person in enumerate(holders.iterator(chunk_size=CHUNK), start=1)
    )
    return sheet_response(filename, _("Trình độ CNTT"), heads, rows)


def write_persons(file: IO[bytes], persons: QuerySet[Person], say: Callable[[int], object]) -> None:
    """The same into a file; `say` hears how many rows are written."""
    write_sheet(file, _("Danh sách"), _heads(), _told(_rows(persons), say))


def _heads() -> list[tuple[str, int]]:
    return [
        (_("STT"), 6), (_("Họ và tên"), 28), (_("Ngày sinh"), 12), (_("Giới tính"), 10),
        (_("Chức vụ"), 34), (_("Đơn vị công tác"), 36), (_("Số điện thoại"), 14), (_("Email"), 30),
    ]  # fmt: skip


def _rows(persons: QuerySet[Person]) -> Iterator[tuple[Cell, ...]]:
    ordered = persons.select_related("unit").order_by("sort_key", "id").iterator(chunk_size=CHUNK)
    for number, person in enumerate(ordered, start=1):
        yield (number, *_cells(person))


def _told(
    rows: Iterator[tuple[Cell, ...]], say: Callable[[int], object]
) -> Iterator[tuple[Cell, ...]]:
    for done, row in enumerate(rows, start=1):
        yield row
        if done % CHUNK == 0:
            say(done)


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

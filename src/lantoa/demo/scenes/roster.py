"""A roster to try the import with, as untidy as units send them: titles above a two-row header,
phones that lost a zero, years for dates, decomposed letters, a double, a total."""

from pathlib import Path
from random import Random
from typing import Any
from unicodedata import normalize

import xlsxwriter

from lantoa.demo import cast, content
from lantoa.demo.rules.headcount import Place, posts_for
from lantoa.demo.rules.names import draw_person
from lantoa.demo.stage import Stage
from lantoa.people.models import Person
from lantoa.people.rules.persons import PersonFacts

NAME = "danh-sach-thu.xlsx"
NEW_PEOPLE = 14
FIRST_SERIAL = 900_001
Cells = list[Any]


def write_roster(stage: Stage, folder: Path) -> Path:
    """Of the demo learner's commune: some known, some changed, some new, some doubtful."""
    unit = stage.cast[cast.LEARNER.key].unit
    rng = stage.rng("roster")
    known = list(Person.objects.filter(unit=unit, left_on=None).order_by("id")[2:6])
    rows = [_known_row(rng, person, n) for n, person in enumerate(known)]
    rows += [_row(facts, n) for n, facts in enumerate(_new_people(stage, rng, unit.prefix))]
    rows.append([*rows[-1]])  # somebody sent twice
    path = folder / NAME
    _write(path, unit.name, rows)
    return path


def _new_people(stage: Stage, rng: Random, prefix: str) -> list[PersonFacts]:
    lists = content.people()
    place = Place("", "ward" if prefix == "Phường" else "rural", 1)
    posts = posts_for(rng, lists.posts, place, NEW_PEOPLE)
    return [
        draw_person(
            rng,
            lists,
            post,
            place=place.kind,
            serial=FIRST_SERIAL + n,
            year=stage.moments.today.year,
        )
        for n, post in enumerate(posts)
    ]


def _known_row(rng: Random, person: Person, number: int) -> Cells:
    title = person.title if number else "Bí thư Đảng ủy"  # one has risen
    born = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else ""
    man, woman = (born, "") if person.sex == "male" else ("", born)
    phone = int(person.phone) if rng.random() < 0.5 else person.phone
    return [person.full_name, man, woman, title, "", phone, person.email]


def _row(facts: PersonFacts, number: int) -> Cells:
    parts = (facts.family_name, facts.middle_name, facts.given_name)
    name = " ".join(part for part in parts if part)
    born: Any = f"{facts.birth_date:%d/%m/%Y}" if facts.birth_date else ""
    if number % 6 == 4 and facts.birth_date:
        born = facts.birth_date.year
    name = {1: name.upper(), 3: normalize("NFD", name), 5: f"  {name} "}.get(number % 7, name)
    digits = facts.personal_number
    personal: str | float = float(digits) if digits and number % 5 == 2 else digits
    phone: Any = {0: facts.phone, 1: int(facts.phone)}.get(
        number % 3, f"{facts.phone[:4]}.{facts.phone[4:7]}.{facts.phone[7:]}"
    )
    man, woman = (born, "") if facts.sex == "male" else ("", born)
    return [name, man, woman, facts.title, personal, phone, facts.email]


def _write(path: Path, unit: str, rows: list[Cells]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1})
        sheet = book.add_worksheet("Danh sách")
        sheet.merge_range("A1:C1", f"UBND {unit.upper()}", bold)
        sheet.merge_range(
            "A3:H3", "DANH SÁCH CÁN BỘ, CÔNG CHỨC CỬ THAM GIA BỒI DƯỠNG CHUYỂN ĐỔI SỐ", bold
        )
        for column, head in ((0, "STT"), (1, "Họ và tên"), (4, "Chức vụ"), (5, "Số CCCD")):
            sheet.merge_range(4, column, 5, column, head, bold)
        sheet.merge_range(4, 2, 4, 3, "Ngày, tháng, năm sinh", bold)
        sheet.write_row(5, 2, ["Nam", "Nữ"], bold)
        sheet.merge_range(4, 6, 5, 6, "Điện thoại", bold)
        sheet.merge_range(4, 7, 5, 7, "Email", bold)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(5 + number, 0, [number, *row])
        sheet.write_row(6 + len(rows), 0, ["", f"Tổng cộng: {len(rows)} người"])
        sheet.set_column(1, 1, 26)
        sheet.set_column(4, 7, 24)

"""Where one is, as the menu marks it."""

import re

import pytest
from conftest import Grant, MakePerson, SignedIn

from lantoa.people.models import Unit

MARKED = re.compile(r'<a[^>]*aria-current="page"[^>]*>([^<]+)</a>')


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/people/units/", "Đơn vị"),
        ("/people/roles/", "Đơn vị"),
        ("/people/persons/add", "Người"),
        ("/people/rosters/add", "Người"),
        ("/programmes/", "Kế hoạch"),
    ],
)
def test_pages_are_marked_under_the_entry_they_belong_to(
    path: str,
    label: str,
    make_person: MakePerson,
    grant: Grant,
    signed_in: SignedIn,
    province: Unit,
) -> None:
    huy = make_person("Trần Quang Huy", province, phone="0911000001")
    grant(huy, "coordinator", province)
    page = signed_in(huy).get(path).content.decode()
    header = page[page.index("<header") : page.index("</header>")]
    assert {words.strip() for words in MARKED.findall(header)} == {label}

"""A sitting that is entered by candidate number and code, opened ahead of time on the site's own
data, and what happens to it meanwhile."""

import json
import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.site import Site, ask, tell

MAKE = """
import json
from datetime import timedelta
from lantoa.exams.actions.attempts import new_attempt
from lantoa.exams.delivery.codes import code_hash
from lantoa.exams.models import Candidate, Exam, Sitting
from lantoa.exams.rules.codes import new_code
from lantoa.kernel import clock
from lantoa.people.models import Person
asked = json.loads({asked!r})
blueprint = Exam.objects.order_by("pk")[0].blueprint
exam = Exam.objects.create(
    unit=blueprint.unit, title=asked["title"], blueprint=blueprint, entry="code", **asked["exam"]
)
now = clock.now()
sitting = Sitting.objects.create(
    exam=exam, by_roster=True, prepared_at=now, opens_at=now + timedelta(seconds=asked["opens_in"]),
    closes_at=now + timedelta(hours=3), **asked["sitting"],
)
told = []
for place in range(1, asked["people"] + 1):
    # Somebody of this hall's own: whoever other tests walk with keeps the attempts they have.
    person = Person.objects.create(
        unit=exam.unit, family_name="Thí", middle_name="Sinh",
        given_name=f"{{sitting.pk}}-{{place}}",
    )
    code = new_code()
    candidate = Candidate.objects.create(
        sitting=sitting, person=person, unit=person.unit, number=f"T{{sitting.pk}}X{{place:03}}",
        code_hash=code_hash(code),
    )
    attempt = new_attempt(candidate, sitting, 1)
    told.append({{"number": candidate.number, "code": code, "attempt": str(attempt.public_id),
                 "name": person.full_name}})
print(json.dumps({{"sitting": sitting.pk, "candidates": told}}))
"""
STANDS = """
import json
from lantoa.exams.models import Attempt
from lantoa.exams.rules import first_break, latest, root
one = Attempt.objects.get(public_id={attempt!r})
rows = list(one.answers.order_by("id"))
print(json.dumps({{
    "answers": {{str(slot): json.loads(text) for slot, text in latest(rows).items()}},
    "saves": len(rows),
    "spent": [row.spent_ms for row in rows],
    "broken": first_break(root(one.bundle.digest, one.public_id, one.seed), rows) if rows else None,
    "late": [[late.reason, late.slot, late.value, bool(late.claimed_ms)]
             for late in one.late_answers.order_by("id")],
    "cause": one.submission.cause if one.submitted_at else None,
    "head": bytes(one.head).hex(),
}}))
"""


@dataclass(frozen=True)
class Seat:
    number: str
    code: str
    attempt: str
    name: str


@dataclass(frozen=True)
class Hall:
    site: Site
    sitting: int
    seats: list[Seat]

    def change(self, code: str) -> None:
        """What people at the desk do, on the rows: `attempts` and `sitting` are this hall's."""
        ask(
            self.site.data,
            "from datetime import timedelta\nfrom django.db.models import F\n"
            "from lantoa.exams.models import Attempt, Exam, Sitting\n"
            "from lantoa.kernel import clock\n"
            f"sitting = Sitting.objects.filter(pk={self.sitting})\n"
            f"attempts = Attempt.objects.filter(sitting={self.sitting})\n{code}",
        )

    def stands(self, seat: Seat) -> dict[str, Any]:
        told: dict[str, Any] = tell(self.site.data, STANDS.format(attempt=seat.attempt))
        return told


def make_hall(
    site: Site, *, people: int = 1, title: str = "Sát hạch thử tại phòng", opens_in: int = -60,
    sitting: dict[str, Any] | None = None, **exam: Any,
) -> Hall:  # fmt: skip
    asked = {
        "people": people, "title": title, "opens_in": opens_in, "exam": exam,
        "sitting": sitting or {},
    }  # fmt: skip
    told = tell(site.data, MAKE.format(asked=json.dumps(asked)))
    return Hall(site, told["sitting"], [Seat(**one) for one in told["candidates"]])


def enter(page: Page, seat: Seat) -> None:
    page.goto("/sit/")
    page.get_by_label("Số báo danh").fill(seat.number.lower())
    page.get_by_label("Mã vào thi").fill(seat.code)
    page.get_by_role("button", name="Vào thi").click()
    page.wait_for_url(re.compile(seat.attempt))


def start(page: Page, seat: Seat) -> None:
    """From the door to the first question."""
    enter(page, seat)
    expect(page.get_by_text(seat.name)).to_be_visible()
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    expect(page.get_by_role("heading", name="Câu 1 / ")).to_be_visible()

"""A hall of candidates: a bank, a sitting opened ahead of time, everybody with a number and a code.
In the data directory's own database, beside what is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from lantoa.exams import rules
from lantoa.exams.actions.attempts import bundles_for, new_seed
from lantoa.exams.delivery import tokens
from lantoa.exams.delivery.codes import code_hash
from lantoa.exams.models import Attempt, Candidate, Exam, Sitting
from lantoa.exams.rules.codes import new_code
from lantoa.frameworks.actions import load_presets
from lantoa.frameworks.models import Node
from lantoa.items.actions import BlueprintFields, NewItem, create_blueprint, create_items
from lantoa.items.papers import open_bundle
from lantoa.kernel import clock, ids
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Person, Unit

Say = Callable[[str], object]
QUESTIONS = 20
PER_CELL = 12
WRITTEN = 5000


@dataclass(frozen=True)
class Seat:
    """What a load generator needs to be one candidate."""

    number: str
    code: str
    attempt: str
    token: str
    """Of epoch 1: good once the attempt was entered or `bound`."""


@dataclass(frozen=True)
class Hall:
    sitting: Sitting
    seats: list[Seat]

    def write(self, path: Path) -> None:
        """A line a seat: number, code, attempt, token."""
        lines = (f"{s.number} {s.code} {s.attempt} {s.token}\n" for s in self.seats)
        path.write_text("".join(lines))


def _unit() -> Unit:
    country = Unit.objects.filter(kind="country").first() or create_unit(
        actor=None, code="VN", kind="country", name="Việt Nam", parent=None
    )
    code = f"BENCH-{Unit.objects.count()}"
    return create_unit(
        actor=None, code=code, kind="agency", name=f"Hội đồng thi thử {code}", parent=country
    )


def _question(number: int) -> dict[str, Any]:
    return {
        "stem": f"<p>Câu hỏi thử số {number}: người dân nộp hồ sơ trực tuyến, việc nào làm trước "
        "để hồ sơ được tiếp nhận đúng hạn và người dân không phải đi lại?</p>",
        "options": [
            {"text": f"Phương án {letter} của câu {number}, viết dài như một phương án thật"}
            for letter in "ABCD"
        ],
        "answer": number % 4,
        "explanation": "<p>Vì người dân đỡ phải đi lại.</p>",
    }


def _exam(unit: Unit) -> Exam:
    load_presets(actor=None)
    topics = list(Node.objects.filter(framework__code="lanh-dao-xa-2022", kind="topic"))
    new = [
        NewItem("single_choice", _question(100 * at + n), topic, "basic")
        for at, topic in enumerate(topics)
        for n in range(PER_CELL)
    ]
    create_items(actor=None, unit=unit, items=new, approve=True)
    blueprint = create_blueprint(
        actor=None,
        unit=unit,
        fields=BlueprintFields(title="Kỳ thi thử tải", minutes=120, pass_mark=70),
        cells={(topic.pk, "basic"): QUESTIONS // len(topics) for topic in topics},
    )
    return Exam.objects.create(
        unit=unit, title="Kỳ thi thử tải", blueprint=blueprint, entry=Exam.Entry.CODE
    )


@transaction.atomic
def _filled(sitting: Sitting, unit: Unit, size: int) -> list[Candidate]:
    people = Person.objects.bulk_create(
        [
            Person(
                unit=unit,
                family_name="Nguyễn",
                middle_name="Văn",
                given_name=f"Thử {n}",
                sort_key=f"thu {n:06d}",
                search_key=f"nguyen van thu {n}",
            )
            for n in range(size)
        ],
        batch_size=WRITTEN,
    )
    return Candidate.objects.bulk_create(
        [
            Candidate(sitting=sitting, person=person, unit=unit, number=f"{sitting.pk}N{n:06d}")
            for n, person in enumerate(people)
        ],
        batch_size=WRITTEN,
    )


def hall(size: int, say: Say, *, begun: bool) -> Hall:
    """A sitting of so many; `begun`: all have entered and started a minute ago."""
    say(f"a hall of {size} …")
    unit = _unit()
    exam = _exam(unit)
    (bundle,) = bundles_for(exam)
    now = clock.now()
    sitting = Sitting.objects.create(
        exam=exam,
        by_roster=True,
        opens_at=now - timedelta(minutes=5),
        closes_at=now + timedelta(hours=4),
        prepared_at=now,
    )
    sitting.bundles.add(bundle)
    candidates = _filled(sitting, unit, size)
    codes = [new_code() for _ in candidates]
    for candidate, code in zip(candidates, codes, strict=True):
        candidate.code_hash = code_hash(code)
    Candidate.objects.bulk_update(candidates, ["code_hash"], batch_size=500)
    opened = open_bundle(bundle)
    attempts = [
        Attempt(
            public_id=ids.new_id(),
            sitting=sitting,
            candidate=candidate,
            bundle=bundle,
            seed=new_seed(),
            epoch=1 if begun else 0,
            started_at=now if begun else None,
            deadline_at=now + timedelta(minutes=opened.content["minutes"]) if begun else None,
        )
        for candidate in candidates
    ]
    if begun:
        for attempt in attempts:
            attempt.head = _root(attempt, bundle.digest)
    Attempt.objects.bulk_create(attempts, batch_size=WRITTEN)
    seats = [
        Seat(c.number, code, str(a.public_id), tokens.issue(a.public_id, a.pk, 1))
        for c, code, a in zip(candidates, codes, attempts, strict=True)
    ]
    connection.close()
    return Hall(sitting, seats)


def _root(attempt: Attempt, digest: str) -> bytes:
    return rules.root(digest, attempt.public_id, attempt.seed)

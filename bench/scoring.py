"""After an exam of a whole province: everybody scored anew from the log, a key's correction tried
and applied, every chain checked, the item report. Wall times; `--learners` attempts of 50 items,
each answered once.

Runs in the data directory's own database, in a unit and an exam of its own that stay there.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction

from bench.support.figures import markdown
from lantoa.exams import rules
from lantoa.exams.actions.corrections import rescore_key
from lantoa.exams.actions.council import verify_sitting
from lantoa.exams.actions.rescore import rescore
from lantoa.exams.item_reports.tasks import report_data
from lantoa.exams.models import (
    Answer,
    Attempt,
    Candidate,
    Exam,
    KeyCorrection,
    KeyProposal,
    Result,
    Sitting,
    Submission,
)
from lantoa.exams.queries.corrections import forecast
from lantoa.exams.scoring import score
from lantoa.items.actions import NewItem, create_items
from lantoa.items.bundles import Cell, Chosen, compile_bundle
from lantoa.items.models import Blueprint, Bundle, ItemVersion
from lantoa.items.papers import Opened, open_bundle
from lantoa.kernel import clock
from lantoa.kernel.bulk import insert
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Person, Unit

Say = Callable[[str], object]
ITEMS, OPTIONS = 50, 4


def measure(*, learners: int, runs: int, say: Say) -> dict[str, Any]:
    say(f"building {learners} attempts × {ITEMS} items …")
    with transaction.atomic():
        sitting, bundle = _exam()
        _sit(sitting, bundle, learners)
    ids = list(Attempt.objects.filter(sitting=sitting).values_list("pk", flat=True))
    figures: dict[str, Any] = {"attempts": learners, "items": ITEMS}

    def timed(name: str, work: Callable[[], object]) -> None:
        say(f"{name} …")
        began, busy = time.perf_counter(), time.process_time()
        work()
        figures[name] = {
            "wall_s": round(time.perf_counter() - began, 2),
            "cpu_s": round(time.process_time() - busy, 2),
        }

    timed("score", lambda: rescore(attempts=ids, cause="rescored", note="", actor=None))
    timed("report", lambda: report_data(sitting, whole=False, progress=lambda done, of: None))
    proposal = _proposal(sitting, bundle)
    timed("forecast", lambda: forecast(proposal))
    item, content = 0, proposal.content
    KeyCorrection.objects.create(bundle=bundle, item=item, content=content, reason="bench")
    timed(
        "correct",
        lambda: rescore_key(actor=None, proposal=proposal, progress=lambda done, of: None),
    )
    timed("verify", lambda: verify_sitting(actor=None, sitting=sitting))
    return figures


def _exam() -> tuple[Sitting, Bundle]:
    number = Unit.objects.count()
    country = Unit.objects.filter(kind=Unit.Kind.COUNTRY).first() or create_unit(
        actor=None, code="VN", kind="country", name="Việt Nam", parent=None
    )
    unit = create_unit(
        actor=None, code=f"B{number}", kind="province", name=f"Tỉnh Đo {number}", parent=country
    )
    versions = create_items(
        actor=None, unit=unit, items=[_item(n) for n in range(ITEMS)], approve=False
    )
    blueprint = Blueprint.objects.create(unit=unit, title="Đo", minutes=90, pass_mark=70)
    chosen = ItemVersion.objects.filter(pk__in=[version.pk for version in versions])
    cells = [Cell(ITEMS, [Chosen(one) for one in chosen.select_related("item").order_by("pk")])]
    bundle = compile_bundle(blueprint=blueprint, title="Đo", cells=cells)
    exam = Exam.objects.create(unit=unit, title="Đo", blueprint=blueprint)
    now = clock.now()
    sitting = Sitting.objects.create(
        exam=exam, opens_at=now - timedelta(hours=3), closes_at=now - timedelta(hours=1)
    )
    return sitting, bundle


def _item(number: int) -> NewItem:
    content = {
        "stem": f"Câu đo số {number}: việc nào làm trước?",
        "options": [{"text": f"Phương án {letter} của câu {number}"} for letter in "ABCD"],
        "answer": number % OPTIONS,
        "explanation": "",
    }
    return NewItem("single_choice", content)


def _sit(sitting: Sitting, bundle: Bundle, learners: int) -> None:
    rng, unit, opened = random.Random(20220523), sitting.exam.unit, open_bundle(bundle)
    people = Person.objects.bulk_create(
        [
            Person(unit=unit, family_name="Nguyễn", given_name=f"Đo {n}", sort_key=f"{n:06d}")
            for n in range(learners)
        ],
        batch_size=2000,
    )
    candidates = Candidate.objects.bulk_create(
        [Candidate(sitting=sitting, person=one, unit=unit) for one in people], batch_size=2000
    )
    attempts = [
        Attempt(
            sitting=sitting, candidate=one, bundle=bundle, seed=rng.getrandbits(60),
            started_at=sitting.opens_at, deadline_at=sitting.closes_at,
            submitted_at=sitting.closes_at, saves=ITEMS, last_sequence=ITEMS,
        )
        for one in candidates
    ]  # fmt: skip
    responses = [_answers(opened, attempt, rng) for attempt in attempts]
    logs = [list(_log(bundle, *pair)) for pair in zip(attempts, responses, strict=True)]
    for attempt, log in zip(attempts, logs, strict=True):
        attempt.head = log[-1][-1]
    Attempt.objects.bulk_create(attempts, batch_size=2000)
    columns = ("attempt", "sequence", "slot", "response", "received_ms", "spent_ms", "hash")
    rows = ((a.pk, *row) for a, log in zip(attempts, logs, strict=True) for row in log)
    insert(Answer, columns, rows)
    Submission.objects.bulk_create(
        [Submission(attempt=a, cause="candidate", head=a.head, saves=ITEMS) for a in attempts],
        batch_size=2000,
    )
    Result.objects.bulk_create(
        [_result(opened, *pair) for pair in zip(attempts, responses, strict=True)], batch_size=2000
    )


def _answers(opened: Opened, attempt: Attempt, rng: random.Random) -> dict[int, int]:
    """The better the candidate the more of it is right."""
    skill = rng.betavariate(6, 3)
    keys = [opened.arranged(place)["answer"] for place in opened.paper(attempt.seed)]
    return {
        slot: key if rng.random() < skill else rng.randrange(OPTIONS)
        for slot, key in enumerate(keys)
    }


def _log(bundle: Bundle, attempt: Attempt, responses: dict[int, int]) -> Iterator[tuple[Any, ...]]:
    head = rules.root(bundle.digest, attempt.public_id, attempt.seed)
    received = round(attempt.submitted_at.timestamp() * 1000) if attempt.submitted_at else 0
    for slot, response in responses.items():
        head = rules.link(head, slot + 1, slot, received, 20_000, str(response))
        yield slot + 1, slot, str(response), received, 20_000, head


def _result(opened: Opened, attempt: Attempt, responses: dict[int, int]) -> Result:
    scored = score(opened, opened.paper(attempt.seed), responses)
    return Result(
        attempt=attempt, points=scored.points, points_possible=scored.possible,
        score=scored.score, passed=scored.passed, detail=scored.detail, at=clock.now(),
    )  # fmt: skip


def _proposal(sitting: Sitting, bundle: Bundle) -> KeyProposal:
    item = open_bundle(bundle).content["items"][0]
    content = {**item["content"], "answer": (item["content"]["answer"] + 1) % OPTIONS}
    return KeyProposal.objects.create(
        sitting=sitting, version_id=item["version"], content=content, reason="bench"
    )


WORK = {
    "score": "score all anew, nothing changed",
    "report": "item report",
    "forecast": "a key's correction, dry run",
    "correct": "the same applied, most results changed",
    "verify": "check every chain and result",
}


def table(figures: dict[str, Any]) -> str:
    rows = [
        (words, figures[name]["wall_s"], figures[name]["cpu_s"]) for name, words in WORK.items()
    ]
    title = "{attempts} attempts × {items} items".format(**figures)
    return f"{title}\n\n{markdown(rows, ('work', 'wall s', 'CPU s'))}"

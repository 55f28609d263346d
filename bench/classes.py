"""Making classes (250 people × 15, 2.000 × 24), and a bridge of 192 venues and 14.600 people that
all report: what a report and the centre's page cost. Everything is made and taken back."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client

from bench.support.figures import markdown
from lantoa.accounts.middleware import SECOND_FACTOR_SEEN
from lantoa.accounts.models import User
from lantoa.classes.actions.classes import open_class
from lantoa.classes.actions.meetings import NewMeeting, add_meetings
from lantoa.classes.actions.points import add_points, seat_at_points
from lantoa.classes.models import Meeting, Member, Point, Venue
from lantoa.kernel import clock
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.grant_role import grant_role
from lantoa.people.models import Person, Unit
from lantoa.programmes.actions import NewRequirement, create_programme, enrol, open_cohort
from lantoa.programmes.models import Enrolment
from lantoa.stats.scheduling import Room, Wanted, schedule
from lantoa.stats.seating import Learner, Seat, Together, Wishes, seat

Say = Callable[[str], object]
VENUES, PEOPLE = 192, 14_600
CASES = ((250, 40, 5, 3, 90, 80), (2000, 132, 8, 3, 700, 600))
HALVES = 4


def _seats(matters: int, each: int, capacity: int, least: int) -> tuple[list[Seat], float]:
    wanted = [Wanted(m * 100 + n, m, least, HALVES) for m in range(matters) for n in range(each)]
    began = time.perf_counter()
    rooms = [Room(n, capacity) for n in range(3)]
    found = schedule(wanted, matters * each * HALVES, rooms, [], at_once=1)
    taken = time.perf_counter() - began
    return [
        Seat(one.key, one.key // 100, capacity, least, frozenset(one.times), one.key % 100)
        for one in found.held
    ], taken


def _learners(people: int, units: int, matters: int, seed: int) -> list[Learner]:
    rng = Random(seed)
    needs = frozenset(range(matters))
    return [Learner(n, rng.randrange(units), needs, rng.randrange(3)) for n in range(people)]


def _making(say: Say) -> list[dict[str, Any]]:
    rows = []
    for people, units, matters, each, capacity, least in CASES:
        seats, days = _seats(matters, each, capacity, least)
        for colleagues in Together:
            say(f"{people} người × {len(seats)} lớp, {colleagues} …")
            taken = []
            for seed in range(3):
                rng = Random(seed)
                far = {(u, s.key): rng.uniform(0, 60) for u in range(units) for s in seats}
                wishes = Wishes(50, colleagues, far)
                began = time.perf_counter()
                seat(_learners(people, units, matters, seed), seats, wishes, seconds=60)
                taken.append(time.perf_counter() - began)
            rows.append(
                {
                    "case": f"{people} × {len(seats)}, {colleagues.value}",
                    "seconds": round(days + max(taken), 2),
                }
            )
    return rows


def _bridge(say: Say) -> tuple[Unit, Meeting]:
    """A province of 192 venues, each with its share of the people."""
    say(f"{VENUES} điểm cầu, {PEOPLE} người …")
    province = create_unit(actor=None, code="", kind="agency", name="Tỉnh đo cầu", parent=None)
    units = [
        create_unit(actor=None, code="", kind="agency", name=f"Đơn vị {n:03}", parent=province)
        for n in range(VENUES)
    ]
    people = Person.objects.bulk_create(
        [
            Person(
                unit=units[n % VENUES],
                given_name=f"Người {n}",
                sort_key=f"{n:05}",
                search_key=f"nguoi {n}",
            )
            for n in range(PEOPLE)
        ],
        batch_size=1000,
    )
    asked = [NewRequirement(title="Cầu", periods=4, attendance=80)]
    programme = create_programme(
        actor=None, unit=province, code=f"BC{province.pk}", title="Cầu", requirements=asked
    )
    today = clock.today()
    cohort = open_cohort(
        programme=programme,
        unit=province,
        name="Đợt cầu",
        opens_on=today,
        closes_on=today + timedelta(days=9),
        actor=None,
    )
    enrol(cohort=cohort, persons=people, actor=None)
    fields = {"name": "Cầu truyền hình", "mode": "bridge", "capacity": 20_000}
    made = open_class(actor=None, cohort=cohort, fields=fields)
    new = NewMeeting(clock.now(), clock.now() + timedelta(hours=3), 4)
    (meeting,) = add_meetings(actor=None, training_class=made, meetings=[new])
    Member.objects.bulk_create(
        [
            Member(training_class=made, enrolment=one)
            for one in Enrolment.objects.filter(cohort=cohort)
        ],
        batch_size=1000,
    )
    venues = Venue.objects.bulk_create(Venue(unit=u, name=u.name) for u in units)
    add_points(actor=None, training_class=made, venues=venues)
    seat_at_points(actor=None, training_class=made)
    return province, meeting


def _client(province: Unit) -> Client:
    user = User.objects.create(display_name="Trung tâm", email="cau@bench.example")
    user.activated_at = clock.now()
    user.save()
    grant_role(actor=None, user=user, role="coordinator", unit=province, starts_on=clock.today())
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    session = client.session
    session[SECOND_FACTOR_SEEN] = True
    session.save()
    return client


def _reports(client: Client, meeting: Meeting, say: Say) -> list[float]:
    """Each point twice: opened with the link up, then a headcount."""
    taken = []
    points = list(Point.objects.filter(training_class=meeting.training_class_id))
    now = int(clock.now().timestamp() * 1000)
    for round_, kinds in enumerate((("open", "link_up"), ("headcount",))):
        for point in points:
            reports = [
                {"key": f"bench-{round_}-{kind}", "kind": kind, "made_ms": now, "number": 70}
                for kind in kinds
            ]
            body = json.dumps({"reports": reports})
            path = f"/classes/points/{point.pk}/at/{meeting.pk}/reports/"
            began = time.perf_counter()
            answer = client.post(path, body, content_type="application/json")
            taken.append((time.perf_counter() - began) * 1000)
            if answer.status_code != 200:
                say(f"! {answer.status_code}")
    return taken


def _pages(client: Client, paths: Sequence[tuple[str, str]], runs: int) -> list[dict[str, Any]]:
    rows = []
    for name, path in paths:
        taken = []
        for _run in range(runs):
            began = time.perf_counter()
            answer = client.get(path, headers={"HX-Request": "true"})
            taken.append((time.perf_counter() - began) * 1000)
        rows.append(
            {
                "case": name,
                "ms": round(statistics.median(taken), 1),
                "kb": round(len(answer.content) / 1000, 1),
            }
        )
    return rows


def measure(*, learners: int, runs: int, say: Say) -> dict[str, Any]:
    """`learners` isn't asked for here."""
    settings.ALLOWED_HOSTS = ["*"]
    making = _making(say)
    with transaction.atomic():
        province, meeting = _bridge(say)
        client = _client(province)
        reports = _reports(client, meeting, say)
        first = Point.objects.filter(training_class=meeting.training_class_id)[0]
        pages = _pages(
            client,
            (
                ("the centre's board, 192 points", f"/classes/meetings/{meeting.pk}/board/"),
                ("a point's page", f"/classes/points/{first.pk}/at/{meeting.pk}/"),
                ("who missed it, first page", f"/classes/meetings/{meeting.pk}/missing/"),
                ("the class, first page", f"/classes/{meeting.training_class_id}/"),
            ),
            min(runs, 9),
        )
        transaction.set_rollback(True)
    return {
        "making": making,
        "report_ms": round(statistics.median(reports), 1),
        "report_p95_ms": round(sorted(reports)[int(len(reports) * 0.95)], 1),
        "pages": pages,
    }


def table(figures: dict[str, Any]) -> str:
    making = markdown([list(r.values()) for r in figures["making"]], ["case", "slowest of 3, s"])
    pages = markdown([list(r.values()) for r in figures["pages"]], ["page", "median ms", "KB"])
    said = f"a report: median {figures['report_ms']} ms, p95 {figures['report_p95_ms']} ms"
    return f"{making}\n\n{said}\n\n{pages}"

"""A bank of 50.000 items: its list narrowed, searched and sorted, a new item checked against all of
it, and the overview as a file. Whole requests, through middleware, view and template.

Two items to each learner. The bank is built once in the data directory's own database, in a
province of its own, from slices of the demo's questions: what is said means nothing, but words come
as often, and together as often, as in real ones. One item in a hundred is another one's double with
two words changed.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.support.figures import markdown, milliseconds
from lantoa.accounts.models import User
from lantoa.demo import content
from lantoa.frameworks.models import Node
from lantoa.items.actions import BlueprintFields, NewItem, create_blueprint, create_items
from lantoa.items.models import Form, FormSlot, Item, ItemVersion
from lantoa.items.queries.alike import alike, twins_within
from lantoa.items.queries.listing import listed, reach_of
from lantoa.kernel import clock
from lantoa.kernel.text import fold
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import RoleGrant, Unit

Say = Callable[[str], object]

PROVINCE = "Tỉnh Thử Ngân Hàng"
AT_ONCE = 200
FORMS, OF_FORM = 20, 40
SYLLABUS = "lanh-dao-xa-2022"
LEVELS = [level.value for level in Item.Level]


def _texts() -> list[list[str]]:
    said = [q.content for topic in content.topics() for q in topic.pool]
    return [
        " ".join([one["stem"], *(option["text"] for option in one["options"])]).split()
        for one in said
    ]


def _questions(count: int) -> Iterator[tuple[int, dict[str, Any]]]:
    rng, texts = random.Random(20261126), _texts()
    last: dict[str, Any] = {}

    def slices(n: int) -> str:
        words: list[str] = []
        for _ in range(n):
            text = rng.choice(texts)
            start = rng.randrange(max(1, len(text) - 7))
            words += text[start : start + rng.randint(4, 7)]
        return " ".join(words)

    for n in range(count):
        if n % 100 == 99:
            words = last["stem"].split()
            words[1], words[-2] = "khác", "hơn"
            one = {**last, "stem": " ".join(words)}
        else:
            options = [{"text": f"{slices(1)} {letter}"} for letter in "ABCD"]
            one = {"stem": slices(4), "options": options, "answer": n % 4, "explanation": ""}
        last = one
        yield n, one


def _someone(name: str, role: str, unit: Unit) -> User:
    user, _new = User.objects.get_or_create(
        email=f"{fold(name).replace(' ', '-')}@bench.example",
        defaults={"display_name": name, "activated_at": clock.now()},
    )
    RoleGrant.objects.get_or_create(
        user=user, role=role, unit=unit, defaults={"starts_on": date(2020, 1, 1)}
    )
    return user


def _bank(count: int, say: Say) -> tuple[Unit, dict[str, float]]:
    """The province with its items, and what writing those that were missing took."""
    province = Unit.objects.filter(name=PROVINCE).first()
    if province is None:
        country = Unit.objects.filter(kind=Unit.Kind.COUNTRY, ended_on=None).first()
        province = create_unit(actor=None, code="", kind="province", name=PROVINCE, parent=country)
    have = Item.objects.filter(unit=province).count()
    topics = list(Node.objects.filter(framework__code=SYLLABUS, kind="topic").order_by("code"))
    authors = [_someone(f"Người soạn {n}", "author", province) for n in range(20)]
    waiting = [(n, one) for n, one in _questions(count) if n >= have]
    say(f"a bank of {count} items, {len(waiting)} to write …")
    began, cpu = time.perf_counter(), time.process_time()
    for start in range(0, len(waiting), AT_ONCE):
        chunk = waiting[start : start + AT_ONCE]
        new = [
            NewItem("single_choice", one, topics[n % len(topics)], LEVELS[n // 7 % 3])
            for n, one in chunk
        ]
        author = authors[start // AT_ONCE % len(authors)]
        create_items(actor=author, unit=province, items=new, approve=start // AT_ONCE % 4 != 0)
    took = {
        "items": len(waiting),
        "wall_s": round(time.perf_counter() - began, 1),
        "cpu_s": round(time.process_time() - cpu, 1),
    }
    _forms(province)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return province, took


def _forms(province: Unit) -> None:
    """So that some items are used."""
    if Form.objects.filter(unit=province).exists():
        return
    fields = BlueprintFields("Đề thử", 60, 70)
    blueprint = create_blueprint(actor=None, unit=province, fields=fields, cells={})
    versions = list(
        ItemVersion.objects.filter(item__unit=province).order_by("pk")[: FORMS * OF_FORM * 5 : 5]
    )
    for n in range(FORMS):
        form = Form.objects.create(unit=province, blueprint=blueprint, code=f"{100 + n}")
        chosen = versions[n * OF_FORM : (n + 1) * OF_FORM]
        slots = [FormSlot(form=form, position=p, version=v) for p, v in enumerate(chosen)]
        FormSlot.objects.bulk_create(slots)


def _times(work: Callable[[], object], runs: int) -> dict[str, float]:
    """Wall time, and the mean CPU time of this process and of the database's that serves it, which
    a busy machine changes less."""
    wall, worked = [], _cpu()
    for _ in range(runs):
        began = time.perf_counter()
        work()
        wall.append(time.perf_counter() - began)
    return {**milliseconds(wall), "cpu_ms": round((_cpu() - worked) * 1000 / runs, 1)}


def _cpu() -> float:
    """CPU seconds so far; PostgreSQL's process is seen where it runs on this machine."""
    own = time.process_time()
    if connection.vendor != "postgresql":
        return own
    pid = connection.connection.info.backend_pid
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return own
    return own + (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def _asked(user: User, query: str, runs: int) -> dict[str, Any]:
    client, path = _client(user), f"/items/?{query}"
    for _ in range(2):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    asked = len(queries)
    times = _times(lambda: client.get(path), runs)
    found = listed(reach_of(user), dict(parse_qsl(query.replace("page=", "_page=")))).count()
    return {"found": found, "queries": asked, **times}


def _doubles(user: User, runs: int) -> dict[str, Any]:
    """The page that shows them in pairs."""
    client = _client(user)
    times = _times(lambda: client.get("/items/twins/"), runs)
    found = twins_within(user).filter(dismissed_at=None).count()
    return {"found": found, "queries": "", **times}


def _checks(province: Unit, runs: int) -> dict[str, Any]:
    """How long one new question takes to be compared with the whole bank, by its words alone."""
    reach = Item.objects.filter(unit=province)
    keys = list(reach.order_by("pk").values_list("search_key", flat=True)[:: 50_000 // 200])
    known, strange = [], []
    for key in keys[:runs]:
        words = key.split()
        words[3] = "khac"
        began = time.perf_counter()
        assert alike(" ".join(words), among=reach)
        known.append(time.perf_counter() - began)
        random.Random(1).shuffle(words)
        began = time.perf_counter()
        alike(" ".join(words), among=reach)
        strange.append(time.perf_counter() - began)
    return {"a double": milliseconds(known), "a new question": milliseconds(strange)}


def _export(client: Client) -> dict[str, float]:
    began, cpu = time.perf_counter(), time.process_time()
    size = len(b"".join(client.get("/items/?format=xlsx")))
    return {
        "wall_s": round(time.perf_counter() - began, 1),
        "cpu_s": round(time.process_time() - cpu, 1),
        "file_kb": size // 1024,
    }


def _lists(province: Unit) -> dict[str, str]:
    topic = Node.objects.get(framework__code=SYLLABUS, code="t1").pk
    author = User.objects.get(email="nguoi-soan-3@bench.example").pk
    return {
        "all": "",
        "the last page": "page=1000000",
        "a common word": "q=nguoi+dan",
        "three words": "q=ho+so+truc+tuyen",
        "a word that isn't there": "q=khongcotunay",
        "topic and level": f"topic={topic}&level=advanced",
        "topic, state and words": f"topic={topic}&state=approved&q=chu+ky",
        "drafts": "state=draft",
        "one kind": "kind=single_choice",
        "one author": f"author={author}",
        "one unit": f"unit={province.pk}",
        "used": "used=yes",
        "never used": "used=no",
        "never reviewed": "review=never",
        "by topic": "sort=topic",
        "by level": "sort=level",
        "longest without a review": "sort=reviewed",
    }


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def measure(*, learners: int, runs: int, say: Say) -> dict[str, Any]:
    province, written = _bank(learners * 2, say)
    examiner = _someone("Người phụ trách khảo thí", "examiner", province)
    country = Unit.objects.get(kind=Unit.Kind.COUNTRY, ended_on=None)
    everywhere = _someone("Người phụ trách cả nước", "examiner", country)
    figures: dict[str, Any] = {
        "items": Item.objects.filter(unit=province).count(),
        "database": connection.vendor,
        "runs": runs,
        "written": written,
    }
    queries = _lists(province)
    for name, user in (("province", examiner), ("country", everywhere)):
        say(f"lists of the {name} …")
        figures[name] = {of: _asked(user, query, runs) for of, query in queries.items()}
        figures[name]["the report of doubles"] = _doubles(user, runs)
    figures["check"] = _checks(province, runs)
    say("the overview as a file …")
    figures["export"] = _export(_client(examiner))
    return figures


def table(figures: dict[str, Any]) -> str:
    heads = (
        "list", "found", "queries", "median ms", "p95 ms", "CPU ms", "whole country: median ms",
        "CPU ms",
    )  # fmt: skip
    rows = [
        (
            name,
            told["found"],
            told["queries"],
            told["median_ms"],
            told["p95_ms"],
            told["cpu_ms"],
            figures["country"][name]["median_ms"],
            figures["country"][name]["cpu_ms"],
        )
        for name, told in figures["province"].items()
    ]
    checks = [(name, *told.values()) for name, told in figures["check"].items()]
    written, export = figures["written"], figures["export"]
    return "\n".join(
        [
            f"{figures['items']} items, {figures['database']}, {figures['runs']} runs",
            "",
            markdown(rows, heads),
            "",
            markdown(checks, ("compared with the bank", "median ms", "p95 ms")),
            "",
            f"{written['items']} written in {written['wall_s']} s (CPU {written['cpu_s']} s); "
            f"the overview in {export['wall_s']} s, {export['file_kb']} KB",
        ]
    )

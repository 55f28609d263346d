"""Applying a dry run: one transaction, one event, and what stood before kept for undoing."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from lantoa.accounts.actions.identifiers import bulk_change_identifiers
from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import bulk, clock
from lantoa.people.actions.roster_columns import NAME, new_columns, taken_columns
from lantoa.people.models import Person, Post, RosterImport, RosterRow, Unit
from lantoa.people.queries.roster_judging import codes_of, judge_of
from lantoa.people.queries.roster_reach import batches
from lantoa.people.rosters import Field, Issue
from lantoa.people.rosters.stored import stored_issue

State = RosterRow.State
BATCH: Final = 2000
ACCOUNT: Final = ("phone", "email", "personal_number_hash")


@transaction.atomic(savepoint=False)
def apply_roster(*, roster: RosterImport, actor: User | None) -> dict[str, int]:
    """Take in every row that is new or changed and that nobody leaves out. A row whose person or
    changes are no longer what the dry run said is left out and says so.

    The roster is APPLYING; other imports wait. Returns the counts.
    """
    hold_the_register()
    rows = list(
        roster.rows.filter(state__in=[State.NEW, State.CHANGED], accepted=True).order_by("position")
    )
    fit = _still_true(roster, actor, rows)
    fit = _each_once(fit)
    fit = _after_their_posts(fit)
    new = [row for row in fit if row.state == State.NEW]
    changed = [row for row in fit if row.state == State.CHANGED]
    _add(new)
    transferred = _change(actor, changed)
    for row in fit:
        row.applied = True
    _keep(rows)
    counts = {
        "created": len(new),
        "changed": len(changed),
        "transferred": transferred,
        "left_out": len(rows) - len(fit),
    }
    _finish(roster, actor, counts)
    record(
        actor=actor,
        action="people.apply_roster",
        on=roster,
        data={
            "created": [row.person_id for row in new],
            "changed": [row.person_id for row in changed],
            **{f"{name}_count": count for name, count in counts.items()},
        },
    )
    return counts


def hold_the_register() -> None:
    """One import at a time: SQLite's writers queue by themselves, PostgreSQL's here."""
    tops = Unit.objects.filter(parent=None, ended_on=None).order_by("pk")[:1]
    list(tops.select_for_update(no_key=True))


def _finish(roster: RosterImport, actor: User | None, counts: dict[str, int]) -> None:
    roster.state = RosterImport.State.APPLIED
    roster.applied_at = clock.now()
    roster.applied_by_id = actor.pk if actor else None
    roster.summary = {**roster.summary, "applied": counts}
    roster.save(update_fields=["state", "applied_at", "applied_by_id", "summary"])


# ---- which rows ----


def _still_true(
    roster: RosterImport, actor: User | None, rows: Sequence[RosterRow]
) -> list[RosterRow]:
    """The rows of which the dry run's words still hold."""
    told = [_gist(row) for row in rows]
    judge_of(roster, actor).judge(rows)
    return _kept(rows, [_gist(row) == was for row, was in zip(rows, told, strict=True)])


def _gist(row: RosterRow) -> tuple[object, ...]:
    return (str(row.state), row.person_id, row.unit_id, row.changes)


def _kept(
    rows: Sequence[RosterRow], fit: Sequence[bool], code: str = "left_changed"
) -> list[RosterRow]:
    for row, fits in zip(rows, fit, strict=True):
        if not fits:
            row.issues = [*row.issues, stored_issue(Issue(code))]
            row.codes = codes_of(row.issues)
    return [row for row, fits in zip(rows, fit, strict=True) if fits]


def _each_once(rows: Sequence[RosterRow]) -> list[RosterRow]:
    """Of rows for one person, one number or one account's identifier only the first is taken."""
    seen: set[tuple[str, object]] = set()
    fit = []
    for row in rows:
        claims = set(_claims(row))
        fit.append(not claims & seen)
        seen |= claims if fit[-1] else set()
    return _kept(rows, fit, "left_claimed")


def _claims(row: RosterRow) -> list[tuple[str, object]]:
    claims: list[tuple[str, object]] = []
    if row.person_id:
        claims.append(("person", row.person_id))
        claims += [(name, row.values[name]) for name in ("phone", "email") if name in row.changes]
    if number := row.values.get("number_hash"):
        claims.append(("number", number))
    return claims


def _after_their_posts(rows: Sequence[RosterRow]) -> list[RosterRow]:
    """Nobody leaves a post before it began."""
    moved = [row.person_id for row in rows if Field.UNIT in row.changes]
    late: set[int] = set()
    for some in batches(moved):
        later = Post.objects.filter(person_id__in=some, until=None, since__gt=clock.today())
        late |= set(later.values_list("person_id", flat=True))
    if not late:
        return list(rows)
    fit = [row.person_id not in late or Field.UNIT not in row.changes for row in rows]
    return _kept(rows, fit, "left_later_post")


# ---- writing ----


def _add(rows: Sequence[RosterRow]) -> None:
    people = [Person(unit_id=row.unit_id or 0, **new_columns(row.values)) for row in rows]
    Person.objects.bulk_create(people, batch_size=BATCH)
    bulk.insert(
        Post,
        ("person", "unit", "title", "since", "until"),
        ((person.pk, person.unit_id, person.title, None, None) for person in people),
    )
    for row, person in zip(rows, people, strict=True):
        row.person_id = person.pk


def _change(actor: User | None, rows: Sequence[RosterRow]) -> int:
    """Write the changes, posts and accounts with them; returns how many were transferred."""
    people = _people_of(rows)
    accounts: dict[int, dict[str, Any]] = {}
    groups: dict[tuple[str, ...], list[list[Any]]] = {}
    for row in rows:
        person = people[row.person_id or 0]
        after = taken_columns(row, person)
        before = {column: _plain(getattr(person, column)) for column in after}
        row.before = {"before": before, "after": {c: _plain(v) for c, v in after.items()}}
        columns = tuple(after)
        groups.setdefault(columns, []).append([*after.values(), person.pk])
        for column, value in after.items():
            setattr(person, column, value)
        if person.user_id is not None and set(after) & {*ACCOUNT, *NAME}:
            row.before["user"] = _account(person.user)
            accounts[person.user_id] = {**row.before["user"], **_for_account(person, after)}
            row.before["user_after"] = accounts[person.user_id]
    for columns, values in groups.items():
        fields = ["unit" if column == "unit_id" else column for column in columns]
        bulk.update(Person, fields, values)
    bulk_change_identifiers(actor=actor, wanted=accounts)
    return _move_posts(rows, people)


def _people_of(rows: Sequence[RosterRow]) -> dict[int, Person]:
    people: dict[int, Person] = {}
    for some in batches(row.person_id for row in rows):
        people |= Person.objects.select_related("user").in_bulk(some)
    return people


def _account(user: Any) -> dict[str, Any]:
    return {column: getattr(user, column) for column in ("display_name", *ACCOUNT)}


def _for_account(person: Person, after: Mapping[str, Any]) -> dict[str, Any]:
    """What of the changed columns the account is known by. What did not change may well be another
    account's (two people claimed one phone), and stays as it is."""
    known = {column: after[column] or None for column in ACCOUNT if column in after}
    return {**known, "display_name": person.full_name[:150]}


def _move_posts(rows: Sequence[RosterRow], people: dict[int, Person]) -> int:
    """A transfer ends the posts in the unit left and begins one; a changed title is written into
    the post that is held."""
    touched = [row for row in rows if {Field.UNIT, Field.TITLE} & row.changes.keys()]
    open_posts: dict[int, list[Post]] = {}
    for some in batches(row.person_id for row in touched):
        for post in Post.objects.filter(person_id__in=some, until=None).order_by("id"):
            open_posts.setdefault(post.person_id, []).append(post)
    today, ended, retitled = clock.today(), [], []
    begun: list[tuple[RosterRow, Post]] = []
    for row in touched:
        person, before = people[row.person_id or 0], row.before or {}
        left = before["before"].get("unit_id", person.unit_id)
        held = [post for post in open_posts.get(person.pk, ()) if post.unit_id == left]
        before["posts"] = [[post.pk, post.title] for post in held]
        if Field.UNIT in row.changes:
            ended += [(today, post.pk) for post in held]
            post = Post(person=person, unit_id=row.unit_id or 0, title=person.title, since=today)
            begun.append((row, post))
        else:
            retitled += [(person.title, post.pk) for post in held]
    bulk.update(Post, ("until",), ended)
    bulk.update(Post, ("title",), retitled)
    Post.objects.bulk_create([post for _row, post in begun], batch_size=BATCH)
    for row, post in begun:
        (row.before or {})["post"] = post.pk
    return len(begun)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _keep(rows: Sequence[RosterRow]) -> None:
    bulk.update(
        RosterRow,
        ("state", "person", "unit", "changes", "issues", "codes", "before", "applied"),
        (
            (
                str(row.state), row.person_id, row.unit_id, row.changes, row.issues, row.codes,
                row.before, row.applied, row.pk,
            )
            for row in rows
        ),
    )  # fmt: skip

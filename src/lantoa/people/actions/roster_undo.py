"""Undoing an applied roster: what it did is taken back where nobody has built on it since."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import models, transaction

from lantoa.accounts.actions.identifiers import bulk_change_identifiers
from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.audit.models import Event
from lantoa.kernel import bulk, clock
from lantoa.people.actions.close_person import close_person
from lantoa.people.actions.roster_apply import hold_the_register
from lantoa.people.actions.roster_columns import COLUMNS
from lantoa.people.models import Person, Post, RosterImport, RosterRow
from lantoa.people.queries.roster_judging import codes_of
from lantoa.people.queries.roster_reach import batches
from lantoa.people.rosters import Field, Issue
from lantoa.people.rosters.stored import stored_issue
from lantoa.people.rules.persons import PersonRefused

State = RosterRow.State
Undone = dict[str, int]
# The account's columns that follow the person's.
_FOLLOWING: Final = {
    Field.FULL_NAME: "display_name",
    Field.PHONE: "phone",
    Field.EMAIL: "email",
    Field.PERSONAL_NUMBER: "personal_number_hash",
}


@transaction.atomic(savepoint=False)
def undo_roster(*, roster: RosterImport, actor: User | None) -> Undone:
    """Restore what stood before. People whom the import brought are removed, or closed when
    something refers to them by now; a fact is restored only where it is still what the import
    wrote. The rest stays, and its row says so. The roster is UNDOING; one event."""
    hold_the_register()
    rows = list(roster.rows.filter(applied=True).order_by("position"))
    new = [row for row in rows if row.before is None]
    changed = [row for row in rows if row.before is not None]
    counts: Undone = {"removed": 0, "closed": 0, "restored": 0, "kept": 0}
    _restore(actor, changed, counts)
    _remove(roster, actor, new, counts)
    said = [row for row in rows if row.issues]
    bulk.update(
        RosterRow, ("issues", "codes"), ((row.issues, codes_of(row.issues), row.pk) for row in said)
    )
    roster.state = RosterImport.State.UNDONE
    roster.undone_at = clock.now()
    roster.undone_by_id = actor.pk if actor else None
    roster.summary = {**roster.summary, "undone": counts}
    roster.save(update_fields=["state", "undone_at", "undone_by_id", "summary"])
    record(actor=actor, action="people.undo_roster", on=roster, data=counts)
    return counts


def _say(row: RosterRow, code: str, **params: str) -> None:
    row.issues = [*row.issues, stored_issue(Issue(code, "", params))]


# ---- people whom the import changed ----


def _restore(actor: User | None, rows: Sequence[RosterRow], counts: Undone) -> None:
    people: dict[int, Person] = {}
    for some in batches(row.person_id for row in rows if row.person_id):
        people |= Person.objects.select_related("user").in_bulk(some)
    posts = _posts_of(rows)
    accounts: dict[int, dict[str, Any]] = {}
    groups: dict[tuple[str, ...], list[list[Any]]] = {}
    for row in rows:
        person = people.get(row.person_id or 0)
        if person is None:
            continue
        back = _restorable(row, person, posts)
        kept = [name for name in row.changes if Field(name) not in back]
        if kept:
            _say(row, "undo_kept", fields=",".join(kept))
        counts["kept" if kept else "restored"] += 1
        before: dict[str, Any] = (row.before or {})["before"]
        columns = tuple(column for field in back for column in COLUMNS[field] if column in before)
        if columns:
            groups.setdefault(columns, []).append([*(before[c] for c in columns), person.pk])
        if person.user is not None and (row.before or {}).get("user"):
            accounts[person.user.pk] = _account_before(row, person.user, back)
    for columns, values in groups.items():
        fields = ["unit" if column == "unit_id" else column for column in columns]
        bulk.update(Person, fields, _with_days(columns, values))
    bulk_change_identifiers(actor=actor, wanted=accounts)
    _restore_posts(rows, people, posts)


def _posts_of(rows: Sequence[RosterRow]) -> dict[int, Post]:
    ids = [pk for row in rows for pk, _title in (row.before or {}).get("posts", ())]
    ids += [row.before["post"] for row in rows if row.before and "post" in row.before]
    found: dict[int, Post] = {}
    for some in batches(ids):
        found |= Post.objects.in_bulk(some)
    return found


def _restorable(row: RosterRow, person: Person, posts: Mapping[int, Post]) -> list[Field]:
    """The fields of which everything is still what the import wrote."""
    after: dict[str, Any] = (row.before or {})["after"]
    back = []
    for name in row.changes:
        field = Field(name)
        columns = [column for column in COLUMNS[field] if column in after]
        if all(_plain(getattr(person, column)) == after[column] for column in columns):
            back.append(field)
    if Field.UNIT in back and not _post_untouched(row, posts):
        back.remove(Field.UNIT)
    return back


def _post_untouched(row: RosterRow, posts: Mapping[int, Post]) -> bool:
    post = posts.get((row.before or {}).get("post", 0))
    return post is not None and post.until is None


def _account_before(row: RosterRow, user: User, back: Sequence[Field]) -> dict[str, Any]:
    """What the account was known by, where it is still what the import wrote."""
    told = row.before or {}
    now = {column: getattr(user, column) for column in told["user"]}
    for field in back:
        column = _FOLLOWING.get(field)
        if column and now[column] == told["user_after"][column]:
            now[column] = told["user"][column]
    return now


def _restore_posts(
    rows: Sequence[RosterRow], people: Mapping[int, Person], posts: Mapping[int, Post]
) -> None:
    begun: list[int] = []
    reopened: list[tuple[None, str, int]] = []
    retitled: list[tuple[str, int]] = []
    for row in rows:
        told = row.before or {}
        if row.person_id not in people or "posts" not in told:
            continue
        kept = {name for issue in row.issues if issue["code"] == "undo_kept"
                for name in issue["params"]["fields"].split(",")}  # fmt: skip
        held = [(pk, title) for pk, title in told["posts"] if pk in posts]
        if Field.UNIT in row.changes and Field.UNIT not in kept:
            begun.append(told["post"])
            reopened += [(None, title, pk) for pk, title in held]
        elif Field.UNIT not in row.changes and Field.TITLE not in kept:
            retitled += [(title, pk) for pk, title in held]
    for some in batches(begun):
        Post.objects.filter(pk__in=some).delete()
    bulk.update(Post, ("until", "title"), reopened)
    bulk.update(Post, ("title",), retitled)


def _with_days(columns: Sequence[str], rows: Iterable[list[Any]]) -> Iterable[list[Any]]:
    """Days kept as text, as days again."""
    if "birth_date" not in columns:
        return rows
    place = columns.index("birth_date")
    field = Person._meta.get_field("birth_date")
    return ([*row[:place], field.to_python(row[place]), *row[place + 1 :]] for row in rows)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


# ---- people whom the import brought ----


def _remove(
    roster: RosterImport, actor: User | None, rows: Sequence[RosterRow], counts: Undone
) -> None:
    ids = [row.person_id for row in rows if row.person_id]
    built_on = _built_on(roster, rows, ids)
    gone = [pk for pk in ids if pk not in built_on]
    for some in batches(gone):
        RosterRow.objects.filter(person_id__in=some).update(person=None)
        Post.objects.filter(person_id__in=some).delete()
        Person.objects.filter(pk__in=some).delete()
    counts["removed"] = len(gone)
    today = clock.today()
    staying = Person.objects.select_related("user").in_bulk(list(built_on))
    for row in rows:
        person = staying.get(row.person_id or 0)
        if person is None or person.left_on is not None:
            continue
        try:
            close_person(actor=actor, person=person, left_on=today)
        except PersonRefused as refused:
            _say(row, "undo_not_closed", reason=str(refused))
            counts["kept"] += 1
        else:
            _say(row, "undo_closed")
            counts["closed"] += 1


def _built_on(
    roster: RosterImport, rows: Sequence[RosterRow], ids: Sequence[int]
) -> frozenset[int]:
    """Of these people: who has an account, stands somewhere else by now, was changed by somebody,
    or is referred to by any table."""
    units = {row.person_id: row.unit_id for row in rows}
    found: set[int] = set()
    for some in batches(ids):
        now = Person.objects.filter(pk__in=some).values_list("id", "unit_id", "user_id")
        found |= {pk for pk, unit, user in now if user or unit != units[pk]}
        events = Event.objects.filter(
            object_type=Person._meta.label_lower, object_id__in=[str(pk) for pk in some]
        )
        found |= {int(pk) for pk in events.values_list("object_id", flat=True)}
        others = RosterRow.objects.filter(person_id__in=some, applied=True)
        others = others.exclude(roster_import=roster)
        found |= set(others.values_list("person_id", flat=True))
        posts = Post.objects.filter(person_id__in=some).values("person_id")
        several = posts.annotate(posts=models.Count("pk")).filter(posts__gt=1)
        found |= set(several.values_list("person_id", flat=True))
        for table, column in _references():
            held = table._base_manager.filter(**{f"{column}__in": some})
            found |= set(held.values_list(column, flat=True))
    return frozenset(found)


def _references() -> list[tuple[type[models.Model], str]]:
    """Every foreign key to a person, of whichever domain; our own posts and rows aside."""
    return [
        (field.related_model, field.field.attname)
        for field in Person._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ForeignObjectRel)
        and field.related_model not in (Post, RosterRow)
        and isinstance(field.field, models.ForeignKey)
    ]

"""Counting a plan's people per unit, as hand-written SQL for SQLite and PostgreSQL alike.

One person is one row of a plan whatever cohorts they stood in; a person's figures count for the
unit of their newest enrolment. Nearly everybody stands in one cohort, so the bulk is one pass over
the covering index `programmes_enrolment_counts`, and only the few repeaters are put together by
person.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

# The newest enrolment's unit in one aggregate: both ids stay far below 2^31.
_NEWEST_UNIT = "MAX(e.id * 4294967296 + e.unit_id) %% 4294967296"

# The tree as it is, or (`on`) as it stood on a day.
_TREE_NOW = "tree AS (SELECT ancestor_id, unit_id, depth FROM people_unitlink)"
_TREE_THEN = """
tree AS (
  SELECT ancestor_id, unit_id, depth FROM people_unitlink WHERE since IS NULL OR since <= %(on)s
  UNION ALL
  SELECT ancestor_id, unit_id, depth FROM people_pastunitlink
  WHERE (since IS NULL OR since <= %(on)s) AND until > %(on)s
)"""
_ROWS_NOW = "(SELECT id FROM people_unit WHERE id = %(unit)s OR parent_id = %(unit)s)"
_ROWS_THEN = "(SELECT unit_id FROM tree WHERE ancestor_id = %(unit)s AND depth <= 1)"

_PLANNED = """
planned AS (
  SELECT p.id AS planned_id, c.id AS cohort_id, c.closes_on
  FROM plans_plannedcohort p JOIN programmes_cohort c ON c.id = p.cohort_id
  WHERE p.plan_id = %(plan)s AND c.programme_id = %(programme)s
),
repeater AS (
  SELECT DISTINCT e.person_id FROM programmes_enrolment e
  WHERE e.repeats AND e.cohort_id IN (SELECT cohort_id FROM planned) AND EXISTS (
    SELECT 1 FROM programmes_enrolment o
    WHERE o.person_id = e.person_id AND o.withdrawn_at IS NULL AND o.id <> e.id
      AND o.cohort_id IN (SELECT cohort_id FROM planned))
)"""

# S608: only constants of this module are put together; values are parameters.
_COUNTS = f"""
WITH {{tree}}, {_PLANNED},
once AS (
  SELECT e.unit_id,
    COUNT(*) AS persons, COUNT(*) AS times, COUNT(e.completed_at) AS completed_times,
    COUNT(e.started_at) AS begun, COUNT(e.completed_at) AS completed,
    COUNT(e.certified_at) AS certified,
    COUNT(CASE WHEN e.completed_at >= %(since)s THEN 1 END) AS recent,
    COUNT(CASE WHEN e.completed_at IS NULL AND planned.closes_on < %(today)s THEN 1 END) AS late,
    COUNT(CASE WHEN e.completed_at IS NULL
      AND planned.closes_on BETWEEN %(today)s AND %(soon)s THEN 1 END) AS due_soon
  FROM planned JOIN programmes_enrolment e ON e.cohort_id = planned.cohort_id
  WHERE e.withdrawn_at IS NULL AND e.person_id NOT IN (SELECT person_id FROM repeater)
  GROUP BY e.unit_id
),
standing AS (
  SELECT {_NEWEST_UNIT} AS unit_id, COUNT(*) AS times, COUNT(e.completed_at) AS completed_times,
    MIN(e.started_at) AS started_at, MIN(e.completed_at) AS completed_at,
    MIN(e.certified_at) AS certified_at, MAX(planned.closes_on) AS closes_on
  FROM planned JOIN programmes_enrolment e ON e.cohort_id = planned.cohort_id
  WHERE e.withdrawn_at IS NULL AND e.person_id IN (SELECT person_id FROM repeater)
  GROUP BY e.person_id
),
per_unit AS (
  SELECT * FROM once
  UNION ALL
  SELECT unit_id, COUNT(*), SUM(times), SUM(completed_times),
    COUNT(started_at), COUNT(completed_at), COUNT(certified_at),
    COUNT(CASE WHEN completed_at >= %(since)s THEN 1 END),
    COUNT(CASE WHEN completed_at IS NULL AND closes_on < %(today)s THEN 1 END),
    COUNT(CASE WHEN completed_at IS NULL AND closes_on BETWEEN %(today)s AND %(soon)s THEN 1 END)
  FROM standing GROUP BY unit_id
)
SELECT l.ancestor_id, SUM(persons), SUM(times), SUM(completed_times), SUM(begun), SUM(completed),
  SUM(certified), SUM(recent), SUM(late), SUM(due_soon)
FROM per_unit JOIN tree l ON l.unit_id = per_unit.unit_id
WHERE l.ancestor_id IN {{rows}}
GROUP BY l.ancestor_id
"""  # noqa: S608

# Two counts that the pass over enrolments cannot give. The inactive: from the accounts that wait
# for their code, which are few in a running plan; CROSS JOIN keeps SQLite to that order. The
# nominated: from the lists that left their unit; who is on two counts for the newest one's unit.
_BESIDE = f"""
WITH {{tree}}, {_PLANNED},
waiting AS (
  SELECT p.id AS person_id
  FROM accounts_user u CROSS JOIN people_person p
  WHERE u.activated_at IS NULL AND p.user_id = u.id
  UNION ALL
  SELECT id FROM people_person WHERE user_id IS NULL
),
standing AS (
  SELECT {_NEWEST_UNIT} AS unit_id
  FROM waiting CROSS JOIN programmes_enrolment e
  WHERE e.person_id = waiting.person_id AND e.withdrawn_at IS NULL
    AND e.cohort_id IN (SELECT cohort_id FROM planned)
  GROUP BY e.person_id
),
named AS (
  SELECT MAX(n.id * 4294967296 + nl.unit_id) %% 4294967296 AS unit_id, COUNT(*) AS times
  FROM planned
  JOIN plans_nominationcall c ON c.planned_id = planned.planned_id
  JOIN plans_nominationlist nl ON nl.call_id = c.id
  JOIN plans_nomination n ON n.list_id = nl.id
  WHERE nl.state IN ('sent', 'approved') AND n.state IN ('proposed', 'approved', 'waiting')
  GROUP BY n.person_id
),
per_unit AS (
  SELECT unit_id, COUNT(*) AS inactive, 0 AS nominated, 0 AS nominated_times
  FROM standing GROUP BY unit_id
  UNION ALL
  SELECT unit_id, 0, COUNT(*), SUM(times) FROM named GROUP BY unit_id
)
SELECT l.ancestor_id, SUM(inactive), SUM(nominated), SUM(nominated_times)
FROM per_unit JOIN tree l ON l.unit_id = per_unit.unit_id
WHERE l.ancestor_id IN {{rows}}
GROUP BY l.ancestor_id
"""  # noqa: S608


@dataclass(frozen=True)
class Counts:
    persons: int = 0
    times: int = 0
    completed_times: int = 0
    begun: int = 0
    completed: int = 0
    certified: int = 0
    recent: int = 0
    late: int = 0
    due_soon: int = 0


@dataclass(frozen=True)
class Beside:
    """`inactive`: enrolled people without an activated account."""

    inactive: int = 0
    nominated: int = 0
    nominated_times: int = 0


def _rows(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _in_tree(text: str, params: dict[str, Any], on: date | None) -> list[tuple[Any, ...]]:
    if on is None:
        return _rows(text.format(tree=_TREE_NOW, rows=_ROWS_NOW), params)
    params = {**params, "on": connection.ops.adapt_datefield_value(on)}
    return _rows(text.format(tree=_TREE_THEN, rows=_ROWS_THEN), params)


def counts_of_children(
    *,
    plan: int,
    programme: int,
    unit: int,
    today: date,
    soon: date,
    since: datetime,
    on: date | None = None,
) -> dict[int, Counts]:
    """Unit id -> counts of the unit and of each of its children, with everything under them; in the
    tree as it is, or as it stood `on` a day."""
    params = {
        "plan": plan,
        "programme": programme,
        "unit": unit,
        "today": connection.ops.adapt_datefield_value(today),
        "soon": connection.ops.adapt_datefield_value(soon),
        "since": connection.ops.adapt_datetimefield_value(since),
    }
    return {row[0]: Counts(*(int(n) for n in row[1:])) for row in _in_tree(_COUNTS, params, on)}


def beside_of_children(
    *, plan: int, programme: int, unit: int, on: date | None = None
) -> dict[int, Beside]:
    """Unit id -> the inactive and the nominated under the unit and each child."""
    params = {"plan": plan, "programme": programme, "unit": unit}
    return {row[0]: Beside(*(int(n) for n in row[1:])) for row in _in_tree(_BESIDE, params, on)}

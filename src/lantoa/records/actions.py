from collections.abc import Sequence

from lantoa.kernel.bulk import insert
from lantoa.records.models import Statement
from lantoa.records.rules import check

COLUMNS = [field.name for field in Statement._meta.concrete_fields]
_VALUES = [field.attname for field in Statement._meta.concrete_fields]


def append(statements: Sequence[Statement]) -> None:
    """Write unsaved statements, all or none, in the caller's transaction. They are their own audit
    trail: no event is recorded.

    Raises rules.InvalidStatement; IntegrityError when a statement of that id is there already.
    """
    for statement in statements:
        check(verb=statement.verb, object_id=statement.object_id, result=statement.result)
    insert(Statement, COLUMNS, ([getattr(s, name) for name in _VALUES] for s in statements))

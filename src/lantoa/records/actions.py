from collections.abc import Sequence

from lantoa.records.models import Statement
from lantoa.records.rules import check


def append(statements: Sequence[Statement]) -> None:
    """Write unsaved statements, all or none, in the caller's transaction. They are their own audit
    trail: no event is recorded.

    Raises rules.InvalidStatement; IntegrityError when a statement of that id is there already.
    """
    for statement in statements:
        check(verb=statement.verb, object_id=statement.object_id, result=statement.result)
    Statement.objects.bulk_create(statements, batch_size=500)

"""The only hand-written SQL of this domain."""

from collections.abc import Sequence

from django.db import connection


def link_accounts(pairs: Sequence[tuple[int, int]]) -> None:
    """Give each person (second) an account (first). A statement per row, prepared once: for twenty
    thousand rows ten times faster than one UPDATE with as many cases."""
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE people_person SET user_id = %s WHERE id = %s", pairs)

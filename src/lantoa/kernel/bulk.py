"""Writing hundreds of thousands of rows that nobody needs as objects, in the caller's transaction.

Columns are field names; a foreign key takes an id. Only by trusted code: values go in as they are,
no default is filled in, no id comes back. Best outside a nested `atomic`: under an open savepoint
SQLite walks its whole memory journal at the end of every UPDATE.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

AT_ONCE = 20_000
# Their values go to the database as they are.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
Row = Sequence[Any]
Fit = Callable[[Any], Any]


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of values in the order of `columns`."""
    connection = connections[DEFAULT_DB_ALIAS]
    names = [_quoted(connection, field) for field in _fields(model, columns)]
    places = ", ".join(["%s"] * len(names))
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608
    _run(connection, sql, _fitted(connection, _fields(model, columns), rows))


def update(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Set `columns` of existing rows; each row ends with the primary key of what it changes."""
    connection = connections[DEFAULT_DB_ALIAS]
    key = model._meta.pk
    fields = _fields(model, columns)
    sets = ", ".join(f"{_quoted(connection, field)} = %s" for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"UPDATE {table} SET {sets} WHERE {_quoted(connection, key)} = %s"  # noqa: S608
    _run(connection, sql, _fitted(connection, [*fields, key], rows))


def _fields(model: type[models.Model], columns: Sequence[str]) -> list[models.Field[Any, Any]]:
    by_name = {field.name: field for field in model._meta.concrete_fields}
    return [by_name[name] for name in columns]


def _quoted(connection: BaseDatabaseWrapper, field: models.Field[Any, Any]) -> str:
    return connection.ops.quote_name(str(field.column))


def _fit(connection: BaseDatabaseWrapper, field: models.Field[Any, Any]) -> Fit | None:
    if isinstance(field, PLAIN):
        return None
    if isinstance(field, models.DateTimeField):
        adapt = connection.ops.adapt_datetimefield_value
        return lambda value: None if value is None else adapt(value)
    return lambda value: field.get_db_prep_save(value, connection)


def _fitted(
    connection: BaseDatabaseWrapper, fields: Sequence[models.Field[Any, Any]], rows: Iterable[Row]
) -> Iterator[list[Any]]:
    fits = [(n, fit) for n, field in enumerate(fields) if (fit := _fit(connection, field))]
    for row in rows:
        values = list(row)
        for place, fit in fits:
            values[place] = fit(values[place])
        yield values


def _run(connection: BaseDatabaseWrapper, sql: str, rows: Iterator[list[Any]]) -> None:
    with connection.cursor() as cursor:
        while batch := list(islice(rows, AT_ONCE)):
            cursor.executemany(sql, batch)

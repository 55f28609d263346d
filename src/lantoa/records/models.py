from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q

from lantoa.kernel import clock, ids
from lantoa.people.models import Person


class AppendOnly(TypeError):
    """Somebody tried to change or remove what has been recorded."""


class StatementSet(models.QuerySet["Statement"]):
    """Reads only: what was recorded stays. The database refuses an UPDATE too (`sql.py`)."""

    def update(self, **values: Any) -> NoReturn:
        raise AppendOnly("statements are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnly("statements are never removed")


class Statement(models.Model):
    """One xAPI statement: a person (actor) did (verb) something (object), with what result.

    Append-only. `verb` and `object_id` are IRIs; `result` and `context` the statement's own JSON
    members; `timestamp` is when it happened, `stored` when we wrote it down.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="statements")
    verb = models.CharField(max_length=200)
    object_id = models.CharField(max_length=300)
    object_type = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict)
    context = models.JSONField(default=dict)
    registration = models.UUIDField(null=True, help_text="xAPI context.registration")
    timestamp = models.DateTimeField(default=clock.now)
    stored = models.DateTimeField(default=clock.now)

    objects = StatementSet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verb__contains=":") & Q(object_id__contains=":"),
                name="records_statement_iris",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["actor", "timestamp"], name="records_statement_actor"),
            models.Index(fields=["registration", "timestamp"], name="records_statement_reg"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.verb} {self.object_id}"

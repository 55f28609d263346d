"""Who did what to a row and when, in words, for the `history` component of pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.models import Event

Words = Callable[[Event], str]


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    actor: str
    summary: str
    note: str = ""


def _no_note(event: Event) -> str:
    return ""


def history_lines(
    events: Iterable[Event], summary: Words, note: Words = _no_note
) -> list[HistoryLine]:
    """Lines in the order of the events; the caller has authorised the row they are of."""
    kept = list(events)
    actors = {event.actor_id for event in kept if event.actor_id is not None}
    names = dict(User.objects.filter(pk__in=actors).values_list("pk", "display_name"))
    return [
        HistoryLine(
            event.at,
            _("Hệ thống") if event.actor_id is None else names.get(event.actor_id, ""),
            summary(event),
            note(event),
        )
        for event in kept
    ]

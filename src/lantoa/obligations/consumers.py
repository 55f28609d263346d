"""What obligations hear from below. All bear being told twice."""

from lantoa.audit.models import Event
from lantoa.obligations.actions.recompute import recompute_all


def person_changed(event: Event) -> None:
    """Transferred, changed, left or came back: only what rules ask of this person."""
    recompute_all([int(event.object_id)])


def enrolment_completed(event: Event) -> None:
    recompute_all([int(event.data["person"])])

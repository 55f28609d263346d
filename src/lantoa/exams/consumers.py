"""What exams hear of below. Delivered at least once; hearing it twice changes nothing."""

from lantoa.audit.models import Event
from lantoa.exams.actions import move_sittings, open_sittings
from lantoa.programmes.models import Cohort


def cohort_opened(event: Event) -> None:
    """A cohort has opened: hold the sittings its programme asks for."""
    cohort = Cohort.objects.select_related("programme").get(pk=event.object_id)
    open_sittings(actor=None, cohort=cohort)


def cohort_changed(event: Event) -> None:
    """A cohort's window has moved: its sittings follow."""
    cohort = Cohort.objects.get(pk=event.object_id)
    move_sittings(actor=None, cohort=cohort)

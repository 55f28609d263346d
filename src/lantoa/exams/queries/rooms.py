"""Rooms of a sitting with who sits and who watches in them."""

from django.db.models import Count, Prefetch, Q, QuerySet

from lantoa.audit.models import Event
from lantoa.exams.models import Candidate, Duty, Room, Sitting
from lantoa.exams.rules.numbers import Pattern, after


def rooms_of(sitting: Sitting) -> QuerySet[Room]:
    """With `seated` people and, prefetched, their `invigilators`."""
    watching = Duty.objects.filter(withdrawn_at=None, role=Duty.Role.INVIGILATOR).select_related(
        "user"
    )
    return (
        sitting.rooms.annotate(seated=Count("candidates", filter=Q(candidates__withdrawn_at=None)))
        .prefetch_related(Prefetch("duties", watching, to_attr="invigilators"))
        .order_by("name", "pk")
    )


def numbers_proposed(sitting: Sitting) -> dict[str, object]:
    """The pattern last used in the exam, going on after its highest number, so that a number says
    one person in all sittings of an exam."""
    sittings = [str(pk) for pk in sitting.exam.sittings.values_list("pk", flat=True)]
    last = (
        Event.objects.filter(
            action="exams.number_candidates", object_type="exams.sitting", object_id__in=sittings
        )
        .order_by("-at", "-id")
        .first()
    )
    if last is None or "digits" not in last.data:
        return {}
    letters, digits = last.data["letters"], last.data["digits"]
    used = Candidate.objects.filter(sitting__exam=sitting.exam_id, number__startswith=letters)
    going_on = after(Pattern(letters, digits), used.values_list("number", flat=True))
    return {"letters": letters, "digits": digits, "start": going_on.start}

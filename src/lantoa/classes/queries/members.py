"""Who is in a class, and who could be."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from lantoa.accounts.models import User
from lantoa.classes.models import Meeting, Member, TrainingClass
from lantoa.classes.rules.spans import Span
from lantoa.kernel.text import fold
from lantoa.people.models import Person
from lantoa.plans.permissions import readable_units
from lantoa.programmes.models import Enrolment


def members_of(training_class: TrainingClass) -> QuerySet[Member]:
    """All of them, by name; the caller has authorised."""
    return (
        Member.objects.filter(training_class=training_class, left_at=None)
        .select_related("enrolment__person", "enrolment__unit", "point__venue")
        .order_by("enrolment__person__sort_key", "pk")
    )


def members_seen(user: User, training_class: TrainingClass, search: str = "") -> QuerySet[Member]:
    """All for who runs or teaches the class; else those of the reader's units and points."""
    found = members_of(training_class)
    if not training_class.can_mark:  # type: ignore[attr-defined]
        own = Q(enrolment__unit_id__in=readable_units(user)) | Q(point__keeper=user.pk)
        found = found.filter(own)
    for word in fold(search).split()[:6]:
        found = found.filter(enrolment__person__search_key__contains=word)
    return found


def unplaced(
    training_class: TrainingClass, *, unit: int | None = None, search: str = ""
) -> QuerySet[Enrolment]:
    """Enrolled in the cohort and in no class yet that teaches the same; by unit, then name."""
    same = Member.objects.filter(
        enrolment=OuterRef("pk"),
        left_at=None,
        training_class__cohort=training_class.cohort_id,
        training_class__requirement=training_class.requirement_id,
    ).exclude(training_class__state=TrainingClass.State.CANCELLED)
    if training_class.requirement_id is None:
        same = same.filter(training_class=training_class.pk)
    found = Enrolment.objects.filter(~Exists(same), cohort=training_class.cohort_id)
    found = found.filter(withdrawn_at=None, person__left_on=None)
    if unit is not None:
        found = found.filter(unit__links_up__ancestor=unit)
    for word in fold(search).split()[:6]:
        found = found.filter(person__search_key__contains=word)
    return found.select_related("person", "unit").order_by(
        "unit__sort_key", "person__sort_key", "pk"
    )


@dataclass
class Engaged:
    """When each person is in some class already."""

    spans: dict[int, list[Span]] = field(default_factory=dict)

    def clashes(self, person: int, wanted: list[Span]) -> bool:
        return any(mine.overlaps(span) for mine in self.spans.get(person, []) for span in wanted)


def spans_of(training_class: TrainingClass) -> list[Span]:
    held = Meeting.objects.filter(training_class=training_class, cancelled_at=None)
    return [Span(*row) for row in held.values_list("starts_at", "ends_at")]


def engaged(persons: list[int], *, besides: TrainingClass) -> Engaged:
    """Their meetings in other open classes."""
    found = Engaged()
    rows = (
        Meeting.objects.filter(
            cancelled_at=None,
            training_class__state=TrainingClass.State.OPEN,
            training_class__members__left_at=None,
            training_class__members__enrolment__person__in=persons,
        )
        .exclude(training_class=besides)
        .values_list("training_class__members__enrolment__person_id", "starts_at", "ends_at")
    )
    wanted = set(persons)
    for person, starts, ends in rows:
        if person in wanted:
            found.spans.setdefault(person, []).append(Span(starts, ends))
    return found


def classes_of_person(person: Person) -> QuerySet[Member]:
    """The person's own classes that are not cancelled, newest first."""
    return (
        Member.objects.filter(enrolment__person=person, left_at=None)
        .exclude(training_class__state=TrainingClass.State.CANCELLED)
        .select_related(
            "training_class__cohort__programme",
            "training_class__requirement",
            "training_class__venue",
            "point__venue",
        )
        .order_by("-training_class_id")
    )

"""Forms in reach, what stands in them, and how forms that were assembled together compare."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet

from lantoa.accounts.models import User
from lantoa.items.models import Blueprint, Form, FormSlot, Item
from lantoa.items.permissions import READERS
from lantoa.people.permissions import unit_ids_within
from lantoa.stats.papers import Candidate, exposures, overlaps

DIFFICULTIES = list(Item.Difficulty)


def forms_within(user: User | AnonymousUser) -> QuerySet[Form]:
    """Forms of units in reach of an author or examiner, with `questions`, their number."""
    return (
        Form.objects.filter(unit_id__in=unit_ids_within(user, *READERS))
        .select_related("unit", "blueprint", "bundle")
        .annotate(questions=Count("slots"))
    )


def form_for(user: User | AnonymousUser, pk: int) -> Form:
    """Raises Form.DoesNotExist when there is none in reach."""
    return forms_within(user).get(pk=pk)


def batch_for(user: User | AnonymousUser, batch: UUID) -> list[Form]:
    """Parallel forms by their codes. Raises Form.DoesNotExist when there are none in reach."""
    forms = list(forms_within(user).filter(batch=batch).order_by("id"))
    if not forms:
        raise Form.DoesNotExist
    return forms


def forms_of(blueprint: Blueprint) -> QuerySet[Form]:
    """The caller has authorised the blueprint. In use first, newest first."""
    return (
        Form.objects.filter(blueprint=blueprint)
        .annotate(questions=Count("slots"))
        .order_by("-created_at", "id")
    )


def slots_of(form: Form) -> QuerySet[FormSlot]:
    """With what a page or a paper shows of them. The caller has authorised the form."""
    return form.slots.select_related("version__item__topic__parent")


def items_of_published(blueprint: Blueprint) -> set[int]:
    """Items that published forms of this blueprint have shown already, retired ones included."""
    slots = FormSlot.objects.filter(form__blueprint=blueprint, form__bundle__isnull=False)
    return set(slots.values_list("version__item_id", flat=True))


def papers_of(forms: Sequence[Form]) -> list[list[Candidate]]:
    """What stands in each form, for comparing; cells don't matter here."""
    held: dict[int, list[Candidate]] = {form.pk: [] for form in forms}
    rows = FormSlot.objects.filter(form__in=held).values_list(
        "form_id", "version__item_id", "version__item__difficulty"
    )
    for form_id, item_id, difficulty in rows:
        held[form_id].append(Candidate(item_id, 0, difficulty))
    return [held[form.pk] for form in forms]


@dataclass(frozen=True)
class FormRow:
    """One of the forms compared: how many items of each difficulty, what it shares with each."""

    form: Form
    difficulties: Sequence[tuple[str, int]]
    shared: Sequence[int | None]

    @property
    def most_shared(self) -> int:
        return max((n for n in self.shared if n is not None), default=0)


@dataclass(frozen=True)
class Comparison:
    """`exposure`: in how many forms → how many items; `worn`: the items in most forms."""

    rows: Sequence[FormRow]
    exposure: Sequence[tuple[int, int]]
    worn: Sequence[tuple[Item, int]]

    @property
    def most_shared(self) -> int:
        return max((row.most_shared for row in self.rows), default=0)

    @property
    def items(self) -> int:
        return sum(count for _uses, count in self.exposure)


WORN = 10


def comparison(forms: Sequence[Form]) -> Comparison:
    """The caller has authorised the forms."""
    papers = papers_of(forms)
    shared, used = overlaps(papers), exposures(papers)
    rows = []
    for n, form in enumerate(forms):
        held = Counter(one.band for one in papers[n])
        rows.append(
            FormRow(
                form,
                [(str(band.label), held[band.value]) for band in DIFFICULTIES],
                [None if n == other else count for other, count in enumerate(shared[n])],
            )
        )
    most = [(pk, n) for pk, n in used.most_common(WORN) if n > 1]
    found = Item.objects.select_related("topic").in_bulk([pk for pk, _n in most])
    return Comparison(
        rows, sorted(Counter(used.values()).items()), [(found[pk], n) for pk, n in most]
    )

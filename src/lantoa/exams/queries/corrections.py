"""Keys said to be wrong: which items a sitting used, what a correction would do."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import QuerySet

from lantoa.accounts.models import User
from lantoa.exams.delivery.keys import corrections_of
from lantoa.exams.models import Attempt, KeyProposal, Sitting
from lantoa.exams.permissions import council_sees
from lantoa.exams.queries.scored import AT_ONCE, Now, Scorer, bundle_of
from lantoa.exams.scoring import Correction
from lantoa.items.kinds import kind_of
from lantoa.items.kinds.base import Content, Kind


@dataclass(frozen=True)
class UsedItem:
    """An item version as a sitting's candidates met it. `content`: its key as written; `now`: with
    the newest correction; `everyone`: all get full points now. `bundles`: bundle → place in it."""

    version: int
    kind: Kind
    content: Content
    now: Content
    everyone: bool
    bundles: Mapping[int, int]

    @property
    def corrected(self) -> bool:
        return self.everyone or self.now != self.content


def _bundles(sitting: Sitting) -> list[int]:
    """Of the whole exam: a wrong key is wrong in every sitting."""
    used = Attempt.objects.filter(sitting__exam=sitting.exam_id).order_by()
    return sorted(used.values_list("bundle", flat=True).distinct())


def used_item(sitting: Sitting, version: int) -> UsedItem | None:
    """None: no candidate could have met it."""
    places = {
        pk: place
        for pk in _bundles(sitting)
        for place, item in enumerate(bundle_of(pk).content["items"])
        if item["version"] == version
    }
    if not places:
        return None
    pk, place = next(iter(places.items()))
    item = bundle_of(pk).content["items"][place]
    correction = corrections_of(pk).get(place)
    now = item["content"] if correction is None else correction.content or item["content"]
    everyone = correction is not None and correction.content is None
    return UsedItem(version, kind_of(item["kind"]), item["content"], now, everyone, places)


def items_of(sitting: Sitting) -> dict[int, tuple[Kind, Content]]:
    """Every item version that candidates of the exam could meet."""
    return {
        item["version"]: (kind_of(item["kind"]), item["content"])
        for pk in _bundles(sitting)
        for item in bundle_of(pk).content["items"]
    }


def proposals_in(sitting: Sitting) -> QuerySet[KeyProposal]:
    """The caller has authorised the sitting."""
    found = KeyProposal.objects.filter(sitting=sitting).select_related("version__item")
    return found.order_by("-proposed_at", "-pk")


def proposal_for(user: User, pk: int) -> KeyProposal:
    """Raises KeyProposal.DoesNotExist."""
    found = KeyProposal.objects.filter(sitting__in=council_sees(user).values("pk"))
    return found.select_related("sitting__exam__unit", "version__item").get(pk=pk)


def affected(proposal: KeyProposal) -> QuerySet[Attempt]:
    """Submitted attempts whose paper is dealt from a bundle that has the item."""
    item = used_item(proposal.sitting, proposal.version_id)
    bundles = list(item.bundles) if item else []
    return Attempt.objects.filter(
        bundle__in=bundles, submitted_at__isnull=False, result__isnull=False
    ).order_by("pk")


@dataclass
class Forecast:
    """What would happen. `elsewhere`: of `changed`, those of other sittings that used the item."""

    attempts: int = 0
    changed: int = 0
    up: int = 0
    down: int = 0
    passed: int = 0
    failed: int = 0
    doubted: int = 0
    elsewhere: int = 0

    @property
    def data(self) -> dict[str, Any]:
        return asdict(self)


def forecast(
    proposal: KeyProposal, progress: Callable[[int, int], None] = lambda done, total: None
) -> Forecast:
    """The dry run: every result scored as it would be, nothing written."""
    scorer = Scorer({proposal.version_id: Correction(proposal.content)})
    ids = list(affected(proposal).values_list("pk", flat=True))
    counted = Forecast(attempts=len(ids))
    for start in range(0, len(ids), AT_ONCE):
        attempts = Attempt.objects.filter(pk__in=ids[start : start + AT_ONCE])
        rows = attempts.select_related("result").only("sitting", "bundle", "seed", "result")
        failed: list[int] = []
        for now in scorer.now(list(rows.order_by("pk"))):
            if _count(counted, now, proposal.sitting_id):
                failed.append(now.attempt.pk)
        counted.doubted += certified_of(failed)
        progress(min(start + AT_ONCE, len(ids)), len(ids))
    return counted


def _count(counted: Forecast, now: Now, sitting: int) -> bool:
    """Whether the attempt would fail that has passed."""
    result, scored = now.attempt.result, now.scored
    if (scored.points, scored.passed) == (result.points, result.passed):
        return False
    fails = result.passed and not scored.passed
    counted.changed += 1
    counted.up += scored.points > result.points
    counted.down += scored.points < result.points
    counted.passed += scored.passed and not result.passed
    counted.failed += fails
    counted.elsewhere += now.attempt.sitting_id != sitting
    return fails


def certified_of(attempts: list[int]) -> int:
    """How many of these have a certificate on their enrolment."""
    certified = Attempt.objects.filter(
        pk__in=attempts, candidate__enrolment__certified_at__isnull=False
    )
    return certified.count()

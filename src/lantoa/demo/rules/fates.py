"""How far each person has come. Units differ: some are nearly done, some have hardly begun."""

from collections.abc import Sequence
from enum import StrEnum
from random import Random


class Fate(StrEnum):
    INACTIVE = "inactive"
    NOT_BEGUN = "not_begun"
    HALF_WAY = "half_way"
    COURSE_DONE = "course_done"
    SITTING = "sitting"
    FAILED = "failed"
    PASSED_SECOND = "passed_second"
    PASSED = "passed"

    @property
    def is_active(self) -> bool:
        return self is not Fate.INACTIVE

    @property
    def has_begun(self) -> bool:
        return self not in (Fate.INACTIVE, Fate.NOT_BEGUN)

    @property
    def has_finished_course(self) -> bool:
        return self.has_begun and self is not Fate.HALF_WAY

    @property
    def tries(self) -> tuple[bool, ...]:
        """Whether each submitted attempt at the final test was passed."""
        return {
            Fate.FAILED: (False,),
            Fate.PASSED_SECOND: (False, True),
            Fate.PASSED: (True,),
        }.get(self, ())


UNFINISHED = {
    Fate.INACTIVE: 18,
    Fate.NOT_BEGUN: 24,
    Fate.HALF_WAY: 36,
    Fate.COURSE_DONE: 13,
    Fate.SITTING: 1,
    Fate.FAILED: 8,
}
SECOND_TRY = 0.14
LEAST, MOST, USUAL = 0.32, 0.97, 0.66


def draw_diligence(rng: Random) -> float:
    """The share of a unit's people who are done."""
    return rng.triangular(LEAST, MOST, USUAL)


def draw_fates(rng: Random, people: int, diligence: float) -> list[Fate]:
    """One for each person of a unit, in no order."""
    done = round(people * diligence)
    fates = [Fate.PASSED_SECOND if rng.random() < SECOND_TRY else Fate.PASSED for _ in range(done)]
    fates += rng.choices(list(UNFINISHED), list(UNFINISHED.values()), k=people - done)
    rng.shuffle(fates)
    return fates


def with_every_fate(rng: Random, fates: Sequence[Fate], keep: Sequence[int]) -> list[Fate]:
    """The same, but each fate is somebody's; those at the places `keep` stay as they are."""
    whole = list(fates)
    free = [i for i, fate in enumerate(whole) if fate is Fate.PASSED and i not in set(keep)]
    missing = [fate for fate in Fate if fate not in whole]
    for place, fate in zip(rng.sample(free, len(missing)), missing, strict=True):
        whole[place] = fate
    return whole

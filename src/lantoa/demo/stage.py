"""What the scenes hand on to each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from lantoa.accounts.models import User
from lantoa.courses.models import Course
from lantoa.demo.rules.fates import Fate
from lantoa.demo.rules.headcount import Place
from lantoa.demo.rules.moments import Moments
from lantoa.demo.rules.study import LessonAsked
from lantoa.items.models import Blueprint
from lantoa.people.models import Person, Unit
from lantoa.plans.models import Plan
from lantoa.programmes.models import Cohort, Programme

SEED = "Lan Tỏa 19"


@dataclass(frozen=True)
class Learner:
    """Somebody in the training. `in_pilot`, `in_main`: which cohorts they are in."""

    person: Person
    fate: Fate
    skill: float
    in_pilot: bool = False
    in_main: bool = True


@dataclass
class Stage:
    learners: int
    province: Unit
    moments: Moments
    say: Callable[[str], object]
    units: dict[str, Unit] = field(default_factory=dict)
    places: list[tuple[Place, int]] = field(default_factory=list)
    people: list[Learner] = field(default_factory=list)
    cast: dict[str, Person] = field(default_factory=dict)

    def rng(self, scene: str) -> Random:
        """Each scene has its own chance, so that changing one leaves the others as they were."""
        return Random(f"{SEED}/{self.learners}/{scene}")  # noqa: S311 - believable, not secret

    def user(self, key: str) -> User:
        user = self.cast[key].user
        assert user is not None
        return user


@dataclass(frozen=True)
class Teaching:
    """What there is to learn and to pass."""

    course: Course
    lessons: list[LessonAsked]
    blueprint: Blueprint


@dataclass(frozen=True)
class Campaign:
    """What was decided: the plan, its programme, its two cohorts."""

    plan: Plan
    programme: Programme
    pilot: Cohort
    main: Cohort

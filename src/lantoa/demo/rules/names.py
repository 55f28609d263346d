"""Drawing people: names, births, numbers, addresses. The same seed draws the same people.

Phones lie in one narrow block, personal numbers in the last tenth of each year's, e-mails under
`.example`: whoever is drawn, nobody is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from lantoa.demo.content import EthnicGroup, PeopleLists, Post, Weights
from lantoa.people.rules.persons import PersonFacts

CATEGORY_OF_GROUP = {
    "leader": "official",
    "civil_servant": "civil_servant",
    "public_employee": "public_employee",
    "contract_worker": "contract_worker",
}
SPECIALISM_OF = {"": "none", "part_time": "part", "specialist": "full"}
# Where most people of a minority live: the mountain communes.
MINORITY_FACTOR = {"rural": 2.2, "ward": 0.6, "": 0.8}
FIRST_PHONE = 990_100_000


@dataclass(frozen=True)
class Name:
    family: str
    middle: str
    given: str
    sex: str
    ethnicity: str


def pick(rng: Random, weights: Weights) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def draw_name(rng: Random, lists: PeopleLists, place: str, sex: str = "") -> Name:
    """`place`: "rural", "ward" or "" for an agency."""
    factor = MINORITY_FACTOR[place]
    weights = [g.weight * (factor if g.minority else 1) for g in lists.groups]
    group: EthnicGroup = rng.choices(lists.groups, weights)[0]
    sex = sex or ("male" if rng.random() < 0.54 else "female")
    return Name(
        family=pick(rng, group.family),
        middle=pick(rng, group.names[f"{sex}_middle"]),
        given=pick(rng, group.names[f"{sex}_given"]),
        sex=sex,
        ethnicity=group.name,
    )


def draw_birth(rng: Random, post: Post, year: int) -> date:
    """Leaders are older; nobody is past retirement."""
    youngest, oldest = (34, 58) if post.group == "leader" else (24, 57)
    born = year - round(rng.triangular(youngest, oldest, 44 if post.group == "leader" else 38))
    return date(born, rng.randint(1, 12), rng.randint(1, 28))


def personal_number(rng: Random, name_sex: str, born: date) -> str:
    """Thái Nguyên's code, century and sex, year of birth, and a sequence from 900000."""
    century = 2 * (born.year // 100 - 19) + (name_sex == "female")
    return f"019{century}{born.year % 100:02}9{rng.randrange(100_000):05}"


def draw_person(
    rng: Random, lists: PeopleLists, post: Post, *, place: str, serial: int, year: int
) -> PersonFacts:
    """`serial` makes the phone unlike every other; `year` is the present one."""
    name = draw_name(rng, lists, place)
    born = draw_birth(rng, post, year)
    has_number, has_email = rng.random() < 0.93, rng.random() < 0.62
    return PersonFacts(
        given_name=name.given,
        middle_name=name.middle,
        family_name=name.family,
        sex=name.sex,
        birth_date=born,
        ethnicity=name.ethnicity,
        phone=f"0{FIRST_PHONE + serial}",
        email=f"cb{serial:05}@thainguyen.example" if has_email else "",
        personal_number=personal_number(rng, name.sex, born) if has_number else "",
        title=post.title,
        category=CATEGORY_OF_GROUP[post.group],
        is_leader=post.group == "leader",
        specialism=SPECIALISM_OF[post.digital],
    )


def without_twins(facts: Sequence[PersonFacts]) -> list[PersonFacts]:
    """Personal numbers drawn twice are left out the second time."""
    seen: set[str] = set()
    kept = []
    for one in facts:
        number = "" if one.personal_number in seen else one.personal_number
        seen.add(one.personal_number)
        kept.append(replace(one, personal_number=number))
    return kept

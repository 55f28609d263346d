"""How many people of the province take part, where, and in which posts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from lantoa.demo.content import Agency, Post
from lantoa.plans.rules import share_out

COMMUNES_SHARE = 0.76
FIRST_POSTS = ("Chủ tịch UBND", "Phó Chủ tịch UBND")
SMALLEST = 5


@dataclass(frozen=True)
class Place:
    """A unit of the model province: its code and, for communes, "rural" or "ward"; for agencies
    the kind of agency."""

    code: str
    kind: str
    weight: int

    @property
    def is_commune(self) -> bool:
        return self.kind in ("rural", "ward")

    @property
    def landscape(self) -> str:
        return self.kind if self.is_commune else ""


def commune_places(rng: Random, communes: Sequence[tuple[str, str]]) -> list[Place]:
    """(code, prefix) of each commune → places; a ward counts for more people than a village one."""
    return [
        Place(code, "ward" if prefix == "Phường" else "rural", round(weight))
        for code, prefix in communes
        for weight in [rng.uniform(70, 120) * (1.4 if prefix == "Phường" else 1)]
    ]


def agency_places(agencies: Iterable[Agency]) -> list[Place]:
    return [Place(agency.code, agency.kind, agency.staff) for agency in agencies]


def headcounts(
    learners: int, communes: Sequence[Place], agencies: Sequence[Place]
) -> dict[str, int]:
    """Unit code → people, adding up to `learners`. A small province is made of fewer units, so that
    each still looks like a unit."""
    in_communes = round(learners * COMMUNES_SHARE)
    counts: dict[str, int] = {}
    for places, people in ((communes, in_communes), (agencies, learners - in_communes)):
        taking = places[: max(1, min(len(places), people // SMALLEST))]
        shares = share_out(people, [place.weight for place in taking])
        counts |= {place.code: n for place, n in zip(taking, shares, strict=True) if n}
    return counts


def posts_for(rng: Random, posts: Sequence[Post], place: Place, people: int) -> list[Post]:
    """Who the people of a unit are: heads first, then the other fixed posts, then by weight."""
    where = "commune" if place.is_commune else place.kind
    here = [p for p in posts if where in p.at and p.only in ("", place.kind)]
    fixed = [post for post in here if post.count for _ in range(post.count)]
    fixed.sort(key=lambda post: (post.group != "leader", _rank(post)))
    chosen = fixed[:people]
    others = [post for post in here if post.weight]
    weights = [post.weight for post in others]
    return chosen + rng.choices(others, weights, k=people - len(chosen))


def _rank(post: Post) -> int:
    return FIRST_POSTS.index(post.title) if post.title in FIRST_POSTS else len(FIRST_POSTS)

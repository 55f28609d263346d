"""Agencies, people, accounts and rights."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from lantoa.accounts.actions import create_account
from lantoa.accounts.actions.history import carry_over_activations
from lantoa.accounts.models import User
from lantoa.demo import cast, content
from lantoa.demo.rules.fates import Fate, draw_diligence, draw_fates, with_every_fate
from lantoa.demo.rules.headcount import (
    Place,
    agency_places,
    commune_places,
    headcounts,
    posts_for,
)
from lantoa.demo.rules.names import draw_person, without_twins
from lantoa.demo.stage import Learner, Stage
from lantoa.kernel import clock
from lantoa.people.actions.add_person import bulk_add_persons
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.grant_role import grant_role
from lantoa.people.actions.open_accounts import open_accounts
from lantoa.people.models import Person, RoleGrant, Unit
from lantoa.people.rules.persons import PersonFacts

Role = RoleGrant.Role
PILOT_SHARE, PILOT_LEAST, PILOT_DONE = 0.04, 8, 0.7
OFFICE_UNITS = {cast.LEADER.key: "H55.01"}
OFFICE_UNIT = "H55.09"


@transaction.atomic
def found_units(stage: Stage) -> None:
    """The province's communes are there from the catalogue; its agencies are added."""
    with clock.fixed(stage.moments.installed):
        communes = list(
            Unit.objects.filter(
                parent=stage.province, kind=Unit.Kind.COMMUNE, ended_on=None
            ).order_by("code")
        )
        stage.units = {unit.code: unit for unit in communes}
        for agency in content.people().agencies:
            above = agency.code.rpartition(".")[0]
            stage.units[agency.code] = create_unit(
                actor=None,
                code=agency.code,
                kind=Unit.Kind.AGENCY,
                name=agency.name,
                parent=stage.units.get(above, stage.province),
            )
    rng = stage.rng("units")
    places = [
        *commune_places(rng, [(unit.code, unit.prefix) for unit in communes]),
        *agency_places(content.people().agencies),
    ]
    counts = headcounts(
        stage.learners,
        [place for place in places if place.is_commune],
        [place for place in places if not place.is_commune],
    )
    stage.places = [(place, counts[place.code]) for place in places if place.code in counts]


def take_in_people(stage: Stage) -> None:
    """Everybody, with an account that waits for its code, as a roster would bring them."""
    facts, fates = _drawn(stage)
    office = [_office_facts(member) for member in cast.OFFICE]
    with clock.fixed(stage.moments.installed):
        rows = [(stage.units[code], one) for code, one in [*facts, *office]]
        since = stage.moments.installed.date() - timedelta(days=200)
        persons = bulk_add_persons(actor=None, rows=rows, since=since)
        open_accounts(actor=None, persons=persons)
    rng = stage.rng("skills")
    learners = [
        Learner(person, fate, rng.uniform(0.74, 0.97))
        for person, fate in zip(persons, fates, strict=False)
    ]
    stage.cast = {
        member.key: next(p for p in persons if p.email == member.email)
        for member in (*cast.SIGN_INS, cast.WAITING)
    }
    stage.people = _with_pilot(stage, learners)


def _drawn(stage: Stage) -> tuple[list[tuple[str, PersonFacts]], list[Fate]]:
    """(unit code, facts) of every learner in order, and their fates."""
    lists, rng, fate_rng = content.people(), stage.rng("people"), stage.rng("fates")
    year = stage.moments.today.year
    codes: list[str] = []
    facts: list[PersonFacts] = []
    fates: list[Fate] = []
    for place, people in stage.places:
        for post in posts_for(rng, lists.posts, place, people):
            serial = len(facts) + 1
            facts.append(
                draw_person(rng, lists, post, place=place.landscape, serial=serial, year=year)
            )
            codes.append(place.code)
        fates += draw_fates(fate_rng, people, draw_diligence(fate_rng))
    kept = _cast_in(stage.places, facts, fates)
    fates = with_every_fate(fate_rng, fates, kept)
    return list(zip(codes, without_twins(facts), strict=True)), fates


def _cast_in(
    places: Sequence[tuple[Place, int]], facts: list[PersonFacts], fates: list[Fate]
) -> list[int]:
    """Give the cast their places: two in the first commune, one in the second."""
    first, second = places[0][1], places[1][1]
    seats = (
        (1, cast.LEARNER, Fate.HALF_WAY),
        (first - 1, cast.COMMUNE_COORDINATOR, Fate.PASSED),
        (first + min(1, second - 1), cast.WAITING, Fate.INACTIVE),
    )
    for place, member, fate in seats:
        facts[place], fates[place] = member.over(facts[place]), fate
    return [place for place, _, _ in seats]


def _office_facts(member: cast.Member) -> tuple[str, PersonFacts]:
    facts = member.over(PersonFacts(given_name="", category="civil_servant"))
    return OFFICE_UNITS.get(member.key, OFFICE_UNIT), facts


def _with_pilot(stage: Stage, learners: Sequence[Learner]) -> list[Learner]:
    """Some learned weeks ago. Of those who didn't finish then, some are in the cohort of today."""
    rng, people = stage.rng("pilot"), list(learners)
    mine = {person.pk for person in stage.cast.values()}
    free = [i for i, one in enumerate(people) if one.person.pk not in mine]
    wanted = max(PILOT_LEAST, round(len(people) * PILOT_SHARE))
    passed = [i for i in free if people[i].fate.tries and people[i].fate is not Fate.FAILED]
    late = [i for i in free if people[i].fate in (Fate.NOT_BEGUN, Fate.HALF_WAY)]
    done = min(len(passed) // 2, round(wanted * PILOT_DONE))
    for i in rng.sample(passed, done):
        people[i] = replace(people[i], in_pilot=True, in_main=False)
    chosen = rng.sample(late, min(max(2, len(late) // 2), wanted - done))
    for n, i in enumerate(chosen):
        again = people[i].fate is Fate.NOT_BEGUN and n % 3 == 0
        people[i] = replace(people[i], in_pilot=True, in_main=again)
    return people


def open_doors(stage: Stage) -> None:
    """Who has activated their account, and the rights of the cast."""
    rng = stage.rng("activations")
    moments: dict[int, datetime] = {}
    for one in stage.people:
        if one.person.user_id is not None and one.fate.is_active:
            moments[one.person.user_id] = _activated(stage, one, rng.random())
    for member in cast.OFFICE:
        moments[stage.user(member.key).pk] = stage.moments.installed
    carry_over_activations(moments=moments, actor=None, password=cast.PASSWORD)
    with clock.fixed(stage.moments.installed):
        _grant(stage)


def _activated(stage: Stage, one: Learner, chance: float) -> datetime:
    """In the days before their cohort opened."""
    if one.in_pilot:
        end = stage.moments.installed + timedelta(days=38)
        return end - timedelta(hours=8 * chance)
    return stage.moments.enrolled + timedelta(hours=36 * chance)


def _grant(stage: Stage) -> None:
    country = stage.province.parent or stage.province
    administrator = create_account(
        actor=None,
        display_name=cast.ADMINISTRATOR_NAME,
        email=cast.ADMINISTRATOR_EMAIL,
        password=cast.PASSWORD,
    )
    starts_on = stage.moments.installed.date()
    commune: Unit = stage.cast[cast.COMMUNE_COORDINATOR.key].unit
    grants: list[tuple[User, str, Unit, date | None]] = [
        (administrator, Role.ADMINISTRATOR, country, None),
        (stage.user(cast.COORDINATOR.key), Role.COORDINATOR, stage.province, None),
        (stage.user(cast.COMMUNE_COORDINATOR.key), Role.COORDINATOR, commune, None),
        (stage.user(cast.AUTHOR.key), Role.AUTHOR, stage.province, None),
        (stage.user(cast.EXAMINER.key), Role.EXAMINER, stage.province, None),
        (stage.user(cast.LEADER.key), Role.LEADER, stage.province, None),
    ]
    helper = _somebody_who_passed(stage)
    if helper.user is not None:
        # Lent for the weeks of the cohort: a role that ends by itself.
        until = stage.moments.closes + timedelta(days=14)
        grants.append((helper.user, Role.EXAMINER, helper.unit, until))
    for user, role, unit, ends_on in grants:
        grant_role(
            actor=None, user=user, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on
        )


def _somebody_who_passed(stage: Stage) -> Person:
    mine = {person.pk for person in stage.cast.values()}
    return next(
        one.person for one in stage.people if one.fate is Fate.PASSED and one.person.pk not in mine
    )

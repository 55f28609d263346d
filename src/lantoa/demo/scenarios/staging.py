"""What every scenario begins with: a province, somebody who runs the training, people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import connection

from lantoa.accounts.actions import create_account
from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.demo import cast, content
from lantoa.demo.build import BUILT, ON, CannotBuild, nothing_there
from lantoa.demo.rules.moments import morning
from lantoa.demo.rules.names import draw_person, without_twins
from lantoa.kernel import clock
from lantoa.people.actions.add_person import bulk_add_persons
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.grant_role import grant_role
from lantoa.people.actions.load_before import load_units_before
from lantoa.people.actions.load_units import load_units
from lantoa.people.models import Person, RoleGrant, Unit
from lantoa.people.rules.persons import PersonFacts
from lantoa.plans.actions import PlanFields, create_plan, issue_plan, open_planned_cohort
from lantoa.plans.models import Plan
from lantoa.programmes.actions import NewRequirement, create_programme
from lantoa.programmes.models import Cohort, Programme

EMAIL = "daumoi.tinh@lantoa.example"
SAID = "minh họa theo số liệu đã công bố"
Alter = Callable[[int, PersonFacts], PersonFacts]


@dataclass
class Staging:
    """`when`: the day on which the case begins. `province`: the unit that runs it; of a national
    case the country."""

    province: Unit
    keeper: User
    when: date
    say: Callable[[str], object]
    serial: int = 0

    def rng(self, name: str) -> Random:
        return Random(f"{self.when}/{name}")  # noqa: S311 - believable, not secret

    def settle(self) -> None:
        """What PostgreSQL does by itself a minute after so much was written, but not within one
        transaction: count rows. Without it a list of a few thousand takes minutes. Our tables only:
        the catalogues that databases share would stay locked."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                tables = ", ".join(connection.introspection.table_names(cursor))
                cursor.execute(f"ANALYZE {tables}")

    def at(self, days: int) -> datetime:
        """In the morning, so many days after the beginning."""
        return morning(self.when + timedelta(days=days))

    def unit(self, name: str, *, is_remote: bool = False) -> Unit:
        made = create_unit(
            actor=self.keeper, code="", kind=Unit.Kind.AGENCY, name=name, parent=self.province
        )
        if is_remote:
            Unit.objects.filter(pk=made.pk).update(is_remote=True)
        return made

    def people(
        self, counts: Sequence[tuple[Unit, int]], *, alter: Alter = lambda _number, facts: facts
    ) -> list[Person]:
        """So many of each unit, as a roster would bring them, without accounts. `alter`: what is
        known better than what was drawn, by the number of the person, from 0."""
        lists, rng = content.people(), self.rng(f"people/{self.serial}")
        rows: list[tuple[Unit, PersonFacts]] = []
        for unit, count in counts:
            for _number in range(count):
                self.serial += 1
                post = rng.choice(lists.posts)
                facts = draw_person(
                    rng, lists, post, place="", serial=self.serial, year=self.when.year
                )
                rows.append((unit, alter(len(rows), facts)))
        facts_only = without_twins([facts for _unit, facts in rows])
        units = [unit for unit, _facts in rows]
        pairs = list(zip(units, facts_only, strict=True))
        return bulk_add_persons(actor=self.keeper, rows=pairs, since=self.when)

    def programme(
        self, code: str, title: str, *requirements: NewRequirement, **details: Any
    ) -> Programme:
        return create_programme(
            actor=self.keeper,
            unit=self.province,
            code=code,
            title=title,
            requirements=list(requirements),
            **{"certificate_rule": Programme.CertificateRule.NONE, **details},
        )

    def plan(self, title: str, number: str, programmes: Sequence[Programme]) -> Plan:
        fields = PlanFields(
            title=title,
            decision_number=number,
            decision_date=self.when,
            starts_on=self.when,
            ends_on=date(self.when.year + 1, 3, 31),
            legal_basis=SAID,
            programmes=list(programmes),
        )
        made = create_plan(actor=self.keeper, unit=self.province, fields=fields)
        return issue_plan(actor=self.keeper, plan=made)

    def cohort(self, plan: Plan, programme: Programme, name: str, days: int) -> Cohort:
        """Open from today for so many days."""
        return open_planned_cohort(
            plan=plan,
            programme=programme,
            name=name,
            opens_on=clock.today(),
            closes_on=clock.today() + timedelta(days=days),
            actor=self.keeper,
        )


def load_tree(*, before_reform: bool, say: Callable[[str], object]) -> None:
    """The units of today, or those of before 01/07/2025, where there are none. Raises CannotBuild
    when a case of then finds today's."""
    if Unit.objects.exists():
        if before_reform and not Unit.objects.filter(kind=Unit.Kind.DISTRICT).exists():
            raise CannotBuild("Trường hợp này cần dữ liệu trống: đơn vị là của trước 01/07/2025.")
        return
    say("Nạp danh mục đơn vị hành chính …")
    if before_reform:
        load_units_before()
    else:
        load_units(actor=None)


def set_up(code: str, when: date, say: Callable[[str], object]) -> Staging:
    """Raises CannotBuild: people are there already, or the province isn't."""
    nothing_there()
    province = Unit.objects.filter(code=code, ended_on=None).first()
    if province is None:
        raise CannotBuild(f"Chưa nạp danh mục đơn vị: không thấy đơn vị mã {code}.")
    with clock.fixed(morning(when)):
        keeper = create_account(
            actor=None,
            display_name=cast.COORDINATOR.label,
            email=EMAIL,
            password=cast.PASSWORD,
        )
        grant_role(
            actor=None,
            user=keeper,
            role=RoleGrant.Role.COORDINATOR,
            unit=province,
            starts_on=when,
        )
    return Staging(province, keeper, when, say)


def finish(staging: Staging, name: str) -> None:
    data = {"learners": staging.serial, "scenario": name}
    record(actor=None, action=BUILT, on=ON, data=data)

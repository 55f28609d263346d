"""Whether a page shows figures by the tree of units as it is, or as it stood on a day."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.plans import indicators
from lantoa.plans.models import Plan
from lantoa.plans.permissions import readable_units
from lantoa.plans.queries.people import learners_of
from lantoa.plans.queries.plans import Scope
from lantoa.programmes.models import Enrolment
from lantoa.web import formats
from lantoa.web.fields import DayField


class DayForm(forms.Form):
    on = DayField(required=False)


@dataclass(frozen=True)
class Then:
    """`on`: the day asked for, none for today's tree. `usual`: the day that a plan's figures are
    read by when nobody says which: its last, of a plan that is over, else its first."""

    on: date | None
    usual: date
    mistaken: bool = False

    @classmethod
    def asked(cls, request: HttpRequest, scope: Scope) -> "Then":
        form = DayForm(request.GET)
        valid = form.is_valid()
        on = form.cleaned_data.get("on") if valid else None
        return cls(on, _usual(scope.plan), not valid)

    @property
    def query(self) -> str:
        """What to add to an address so that it keeps the day."""
        return f"&{urlencode({'on': formats.day(self.on)})}" if self.on else ""

    def reached(self, user: User, units: list[int]) -> set[int]:
        """Which of these units the reader still reaches: others have gone elsewhere since."""
        if self.on is None:
            return set(units)
        return set(readable_units(user).filter(unit_id__in=units))

    def people(self, user: User, scope: Scope, state: str, search: str) -> QuerySet[Enrolment]:
        """The people behind the figures; as then, those of units that the reader still reaches."""
        found = learners_of(
            scope.plan, scope.programme, scope.unit, state=state, search=search, on=self.on
        )
        return found if self.on is None else found.filter(unit_id__in=readable_units(user))

    def difference(self, scope: Scope, shown: indicators.Coverage) -> int:
        """How many more (or fewer) people are enrolled here by today's tree."""
        if self.on is None:
            return 0
        now = indicators.coverage_lately(scope.plan, scope.programme, scope.unit)
        return now.total.figures.enrolled - shown.total.figures.enrolled


def _usual(plan: Plan) -> date:
    return plan.ends_on if plan.ends_on < clock.today() else plan.starts_on

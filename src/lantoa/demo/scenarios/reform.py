"""From the tree of a past year to today's: the reform of 01/07/2025, as the command applies it."""

from datetime import datetime, time

from lantoa.demo.scenarios.staging import Staging
from lantoa.kernel import clock
from lantoa.people.actions.load_units import catalogue_of
from lantoa.people.actions.reorganise import reorganise
from lantoa.people.queries.reorganising import reform_here
from lantoa.people.rules.catalogue import REFORM, REFORM_DOCUMENT


def go_through_reform(staging: Staging) -> None:
    staging.say("Sắp xếp đơn vị hành chính 01/07/2025")
    with clock.fixed(datetime.combine(REFORM, time(8), clock.VIETNAM)):
        reform = reform_here(catalogue_of(None))
        reorganise(actor=None, reform=reform, on_date=REFORM, document=REFORM_DOCUMENT)
    staging.settle()

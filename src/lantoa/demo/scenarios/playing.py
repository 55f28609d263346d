"""Real cases of past years, with the figures that were published: `lantoa demo --scenario NAME`."""

import time
from collections.abc import Callable

from django.db import transaction

from lantoa.audit.models import Event
from lantoa.demo.build import BUILT
from lantoa.demo.scenarios import (
    bridge_2021,
    core_2022,
    experts_2020,
    quang_ninh_2018,
    thai_nguyen_2025,
)
from lantoa.demo.scenarios.staging import Staging, finish, set_up

SCENARIOS = {
    "cau-truyen-hinh-2021": bridge_2021,
    "chuyen-gia-2020": experts_2020,
    "nong-cot-cap-xa-2022": core_2022,
    "quang-ninh-2018": quang_ninh_2018,
    "thai-nguyen-2025": thai_nguyen_2025,
}


def played() -> str | None:
    """The scenario that the data holds, "" for the model province."""
    done = Event.objects.filter(action=BUILT).first()
    return None if done is None else str(done.data.get("scenario", ""))


@transaction.atomic(savepoint=False)
def play(name: str, say: Callable[[str], object]) -> Staging:
    """All of it or nothing. Raises CannotBuild."""
    begun = time.monotonic()

    def tell(what: str) -> None:
        say(f"[{time.monotonic() - begun:5.1f} s] {what}")

    scenario = SCENARIOS[name]
    staging = set_up(scenario.CODE, scenario.WHEN, tell)
    scenario.play(staging)
    finish(staging, name)
    tell("Đã dựng xong")
    return staging

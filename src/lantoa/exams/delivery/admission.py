"""Whether a device may work on a sitting from where it is."""

import json
from collections.abc import Sequence
from typing import Any

from lantoa.exams.delivery.operations import Device, Refusal
from lantoa.exams.models import Sitting
from lantoa.exams.rules.access import is_within, seb_admits


def networks_of(stored: Any) -> Sequence[str] | None:
    """A room's own, as the database's driver gives them; None: no room."""
    found: Sequence[str] | None = json.loads(stored) if isinstance(stored, str) else stored
    return found


def barred(sitting: Sitting, room: Sequence[str] | None, device: Device) -> Refusal | None:
    """`room`: its networks, which take the place of the sitting's; its candidates sit there and
    nowhere else."""
    if not is_within(device.address, room or sitting.networks):
        return Refusal(403, "wrong_network")
    return needs_seb(sitting, device)


def needs_seb(sitting: Sitting, device: Device) -> Refusal | None:
    exam = sitting.exam
    if not seb_admits(device.urls, exam.seb_config_keys, device.seb_config) or not seb_admits(
        device.urls, exam.seb_exam_keys, device.seb_exam
    ):
        return Refusal(403, "seb_needed")
    return None

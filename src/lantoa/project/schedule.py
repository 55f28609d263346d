"""What happens by itself: one list, run by the worker process."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.management import call_command
from django.db import close_old_connections
from django.utils.module_loading import import_string

from lantoa.audit.deliveries import drain_for, release_cut_off

log = logging.getLogger(__name__)


def _deliver() -> None:
    drain_for(1.5)


def _clear_sessions() -> None:
    call_command("clearsessions")


def _prune_tasks() -> None:
    """The queue's own rows of work that is over; what people see of it are jobs."""
    call_command("prune_db_task_results", verbosity=0)


@dataclass
class Entry:
    every_seconds: float
    work: Callable[[], object]
    due: float = field(default=0.0)


def _task(path: str) -> Callable[[], object]:
    work: Callable[[], object] = import_string(path)
    return work


def entries() -> list[Entry]:
    return [
        Entry(2, _deliver),
        Entry(5, _task("lantoa.exams.tasks.submit_expired")),
        Entry(2, _task("lantoa.exams.tasks.report_due")),
        Entry(15, _task("lantoa.exams.tasks.count_grace")),
        Entry(30, _task("lantoa.notices.tasks.send_due")),
        Entry(60, release_cut_off),
        Entry(60, _task("lantoa.jobs.tasks.run_cut_off")),
        Entry(60, _task("lantoa.classes.tasks.ask_conference")),
        Entry(60, _task("lantoa.classes.tasks.judge_online")),
        Entry(3600, _clear_sessions),
        Entry(24 * 3600, _prune_tasks),
        Entry(24 * 3600, _task("lantoa.accounts.tasks.forget")),
        Entry(24 * 3600, _task("lantoa.notices.tasks.forget_old")),
        Entry(3600, _task("lantoa.people.tasks.forget_sheets")),
        Entry(24 * 3600, _task("lantoa.people.tasks.apply_changes_of_units")),
        Entry(24 * 3600, _task("lantoa.obligations.tasks.each_night")),
    ]


def run_due(table: list[Entry]) -> None:
    """Run each entry whose time has come; one that fails is logged and tried at its next time."""
    for entry in table:
        if time.monotonic() >= entry.due:
            entry.due = time.monotonic() + entry.every_seconds
            try:
                close_old_connections()
                entry.work()
            except Exception:
                log.exception("scheduled work failed")

import os
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django_tasks_db.management.commands.db_worker import Worker

from lantoa.project.schedule import entries, run_due


class Command(BaseCommand):
    help = "Run queued jobs and the schedule until stopped. `serve` starts one by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--parent", type=int, help="end when this process has ended")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=0.5,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"worker-{os.getpid()}",
        )
        worker.configure_signals()
        parent = options["parent"] or os.getppid()
        threading.Thread(target=_keep_schedule, args=(parent,), daemon=True).start()
        worker.run()


def _keep_schedule(parent: int) -> None:
    """Until the process that started us is gone: a killed `serve` leaves no worker behind."""
    pause = threading.Event()
    table = entries()
    while os.getppid() == parent:
        run_due(table)
        pause.wait(0.5)
    os._exit(0)

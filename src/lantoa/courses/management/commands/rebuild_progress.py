from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lantoa.courses.actions import rebuild_progress
from lantoa.courses.models import Registration

BATCH = 200


class Command(BaseCommand):
    help = "Make lesson progress anew from the learning records (all courses, or --course CODE)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--course", help="code of a course")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Registration.objects.filter(started_at__isnull=False).order_by("pk")
        if options["course"]:
            rows = rows.filter(course__code=options["course"])
        lessons = 0
        keys = list(rows.values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            batch = list(Registration.objects.filter(pk__in=keys[start : start + BATCH]))
            lessons += rebuild_progress(registrations=batch)
        self.stdout.write(f"{len(keys)} registrations, {lessons} lessons")

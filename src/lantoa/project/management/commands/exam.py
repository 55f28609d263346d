import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from lantoa.exams.models import Sitting
from lantoa.exams.queries.verifying import verify_sitting
from lantoa.exams.rehearsing.client import HttpClient, NotLoopback
from lantoa.exams.rehearsing.rehearse import MOST_CANDIDATES, USUAL_CANDIDATES, Outcome, rehearse
from lantoa.items.rules import BankTooSmall

SHOWN = 50


class Command(BaseCommand):
    help = "Exam day: rehearse a sitting against the running server; verify one afterwards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        rehearsal = what.add_parser("rehearse", help="synthetic candidates sit a copy: go or no-go")
        rehearsal.add_argument("sitting", type=int)
        rehearsal.add_argument("--candidates", type=int, default=USUAL_CANDIDATES)
        rehearsal.add_argument("--url", default="http://127.0.0.1:8000", help="the running server")
        rehearsal.add_argument("--json", action="store_true")
        check = what.add_parser("verify", help="recompute chains, receipts and scores")
        check.add_argument("sitting", type=int)
        check.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Sitting.objects.select_related("exam__blueprint").filter(pk=options["sitting"])
        sitting = found.first()
        if sitting is None:
            raise CommandError(f"Không có ca thi số {options['sitting']}.")
        if options["what"] == "verify":
            self._verify(sitting, as_json=options["json"])
        else:
            self._rehearse(sitting, options)

    def _verify(self, sitting: Sitting, *, as_json: bool) -> None:
        told = verify_sitting(sitting)
        if as_json:
            self.stdout.write(json.dumps({"holds": told.holds, **asdict(told)}, ensure_ascii=False))
        else:
            self.stdout.write(
                f"{sitting.name}: {told.attempts} bài làm, {told.submitted} đã nộp, "
                f"{told.answers} lần lưu."
            )
            for one in told.differences[:SHOWN]:
                self.stdout.write(f"  {one.attempt} {one.what}: {one.said} ≠ {one.found}")
        if not told.holds:
            raise CommandError(f"{len(told.differences)} chỗ không khớp.")
        if not as_json:
            self.stdout.write("Mọi chuỗi, biên nhận và điểm đều khớp.")

    def _rehearse(self, sitting: Sitting, options: dict[str, Any]) -> None:
        if not 1 <= options["candidates"] <= MOST_CANDIDATES:
            raise CommandError(f"--candidates từ 1 đến {MOST_CANDIDATES}.")
        try:
            status, _told, _ms = HttpClient(options["url"]).ask("GET", "/healthz")
        except NotLoopback:
            raise CommandError("--url phải là chính máy này (127.0.0.1 hoặc localhost).") from None
        if status != 200:
            raise CommandError(f"Máy chủ không trả lời ở {options['url']}. Có đang chạy không?")
        try:
            with translation.override("vi"):
                outcome = rehearse(
                    sitting,
                    connect=lambda: HttpClient(options["url"]),
                    count=options["candidates"],
                    say=lambda name: self.stderr.write(f"… {name}"),
                )
        except BankTooSmall as short:
            raise CommandError(f"Chưa dựng được đề: {short}") from short
        self._print(outcome, as_json=options["json"])
        if not outcome.go:
            raise CommandError("Chưa đạt.")

    def _print(self, outcome: Outcome, *, as_json: bool) -> None:
        if as_json:
            told = {"go": outcome.go, "reasons": outcome.reasons, **outcome.figures}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"{outcome.figures['candidates']} thí sinh giả định")
        for name, step in outcome.figures["steps"].items():
            self.stdout.write(
                f"  {name:<7} {step['requests']:>6} yêu cầu  p50 {step['p50_ms']:>7} ms  "
                f"p99 {step['p99_ms']:>7} ms  {step['per_second']:>8}/giây"
            )
        for reason in outcome.reasons:
            self.stdout.write(f"  ✗ {reason}")
        self.stdout.write("ĐẠT: có thể thi." if outcome.go else "CHƯA ĐẠT.")

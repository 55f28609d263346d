from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lantoa.demo import cast
from lantoa.demo.build import Built, CannotBuild, build
from lantoa.demo.scenarios.playing import SCENARIOS, play, played
from lantoa.demo.scenarios.staging import EMAIL, load_tree
from lantoa.project.serving import Address, serve


class Command(BaseCommand):
    help = "Dựng tỉnh mẫu (Thái Nguyên, giữa một đợt học) rồi phục vụ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--learners", type=int, default=2500, help="số người học (2500)")
        parser.add_argument("--port", type=int, default=8000, help="cổng (8000)")
        parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (127.0.0.1)")
        parser.add_argument(
            "--scenario", choices=sorted(SCENARIOS), help="một trường hợp thật thay cho tỉnh mẫu"
        )
        parser.add_argument("--build-only", action="store_true", help="chỉ dựng, không phục vụ")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["scenario"]:
            self._play(options)
            return
        try:
            load_tree(before_reform=False, say=self._say)
            built = build(learners=options["learners"], folder=settings.DATA, say=self._say)
        except CannotBuild as reason:
            raise CommandError(str(reason)) from reason
        address = Address(options["host"], options["port"])
        self._print(address.url, built)
        if options["build_only"]:
            return
        # Its processes read the settings from the environment that `cli` has set.
        serve(address)

    def _play(self, options: dict[str, Any]) -> None:
        name = options["scenario"]
        try:
            there = played()
            if there is None:
                before = getattr(SCENARIOS[name], "BEFORE_REFORM", False)
                load_tree(before_reform=before, say=self._say)
                play(name, self._say)
            elif there != name:
                raise CannotBuild(f"Thư mục dữ liệu này đã có trường hợp khác: {there}.")
        except CannotBuild as reason:
            raise CommandError(str(reason)) from reason
        address = Address(options["host"], options["port"])
        self.stdout.write(f"{name}: {address.url}  {EMAIL}  {cast.PASSWORD}")
        if not options["build_only"]:
            serve(address)

    def _say(self, text: str) -> None:
        self.stderr.write(text)

    def _print(self, url: str, built: Built) -> None:
        rows = [("Quản trị hệ thống", cast.ADMINISTRATOR_EMAIL)]
        rows += [(member.label, member.email) for member in cast.SIGN_INS]
        width = max(len(label) for label, _ in rows)
        lines = [
            "",
            f"Tỉnh mẫu {built.learners} người học: {url}",
            f"Mật khẩu của mọi người: {cast.PASSWORD}",
            *(f"  {label:<{width}}  {email}" for label, email in rows),
        ]
        if built.code:
            lines.append(f"Mã kích hoạt để thử ({cast.WAITING.email}): {built.code}")
        lines += [f"Danh sách để thử nhập: {built.roster}", ""]
        self.stdout.write("\n".join(lines))

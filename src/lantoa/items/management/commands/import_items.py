import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from lantoa.files.actions import sweep
from lantoa.files.models import StoredFile
from lantoa.files.rules import FileRefused
from lantoa.frameworks.models import Node
from lantoa.items.actions import import_apply, import_read
from lantoa.items.actions.imports import take_in
from lantoa.items.exchange.door import checked
from lantoa.items.exchange.rows import FileWrong
from lantoa.items.models import Item, ItemImport, ItemImportRow
from lantoa.items.queries.imports import counted
from lantoa.items.queries.nodes import Nodes
from lantoa.people.models import Unit
from lantoa.people.queries.units import unit_by_code


class Command(BaseCommand):
    help = "Read a file of questions and say what each would become; with --apply write the drafts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, help="code of the unit whose bank it is for")
        parser.add_argument("--topic", default="", help="where the file names none: framework/code")
        parser.add_argument("--level", default=Item.Level.BASIC, choices=Item.Level.values)
        parser.add_argument("--purpose", default=Item.Purpose.EXAM, choices=Item.Purpose.values)
        parser.add_argument(
            "--apply", action="store_true", help="write what is new as drafts; never what is wrong"
        )
        parser.add_argument("--json", action="store_true", help="one object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        unit = unit_by_code(options["unit"])
        if unit is None:
            raise CommandError(f"Không có đơn vị nào đang hoạt động mang mã {options['unit']}.")
        topic = Nodes().find(options["topic"]) if options["topic"] else None
        if options["topic"] and topic is None:
            raise CommandError(f"Không có chuyên đề nào mang mã {options['topic']}.")
        path: Path = options["file"]
        try:
            data = path.read_bytes()
            run = self._apply if options["apply"] else self._look
            of, rows = run(path.name, data, unit, topic, options["level"], options["purpose"])
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {path}: {error.strerror}.") from error
        except FileWrong as wrong:
            raise CommandError(wrong.said.sentence) from wrong
        except FileRefused as refused:
            raise CommandError(refused.message) from refused
        told = as_json(of, rows)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self._print(told)

    @staticmethod
    def _look(
        name: str, data: bytes, unit: Unit, topic: Node | None, level: str, purpose: str
    ) -> tuple[ItemImport, list[ItemImportRow]]:
        """Everything as it would be, and then nothing of it: not a row, not a picture."""
        form = checked(data, name)
        of = ItemImport(
            unit=unit, name=name, form=form.name, topic=topic, level=level, purpose=purpose
        )
        with transaction.atomic():
            rows = import_read.read_rows(of=of, data=data, actor=None)
            inside = StoredFile.objects.filter(public_id__in=of.pictures)
            digests = list(inside.values_list("sha256", flat=True))
            transaction.set_rollback(True)
        for digest in digests:
            sweep(digest)
        return of, rows

    @staticmethod
    def _apply(
        name: str, data: bytes, unit: Unit, topic: Node | None, level: str, purpose: str
    ) -> tuple[ItemImport, list[ItemImportRow]]:
        """By the system itself; the unit's authors then see the import and can undo it."""
        upload = SimpleUploadedFile(name, data, content_type="")
        of = take_in(
            upload=upload, unit=unit, topic=topic, level=level, purpose=purpose, actor=None
        )
        import_read.read_import(of=of, actor=None)
        if of.state == ItemImport.State.REFUSED:
            raise CommandError(of.refusal_sentence)
        import_apply.apply_import(of=of, actor=None)
        return of, list(of.rows.order_by("position"))

    def _print(self, told: dict[str, Any]) -> None:
        say = self.stdout.write
        say(f"{told['file']} → {told['unit']['name']} ({told['unit']['code']})")
        labels = dict(ItemImportRow.State.choices)
        words = [f"{str(labels[s]).lower()} {count}" for s, count in told["counts"].items()]
        say(f"Kết quả: {', '.join(words)}.")
        for row in told["rows"]:
            if row["messages"]:
                say(f"  [{labels[row['state']]}] hàng {row['row']}: {row['words'][:60]}")
                for message in row["messages"]:
                    say(f"      {message}")
        if told["applied"] is None:
            say("Chưa ghi gì. Thêm --apply để nhập những câu mới.")
        else:
            say(f"Đã nhập {told['applied']['created']} câu nháp.")


def as_json(of: ItemImport, rows: list[ItemImportRow]) -> dict[str, Any]:
    """The whole result as one object; the questions themselves are not in it."""
    return {
        "file": of.name,
        "form": of.form,
        "unit": {"code": of.unit.code, "name": of.unit.name},
        "counts": of.summary.get("states") or counted(rows)["states"],
        "rows": [
            {
                "row": row.number,
                "place": row.place,
                "state": str(row.state),
                "kind": row.kind,
                "words": row.words,
                "same_as": row.match_id,
                "item": row.item_id,
                "messages": [told["message"] for told in row.said],
            }
            for row in rows
        ],
        "applied": {**of.summary["applied"], "import": of.pk} if of.pk else None,
    }

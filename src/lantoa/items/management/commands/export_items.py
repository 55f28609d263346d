import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lantoa.items.actions.note_exchange import note_exchange
from lantoa.items.exchange import FORMATS
from lantoa.items.models import Item
from lantoa.items.queries.nodes import Nodes
from lantoa.items.queries.outgoing import written
from lantoa.people.models import UnitLink
from lantoa.people.queries.units import unit_by_code


class Command(BaseCommand):
    help = "Write the items of a unit's bank to a file, and say what the format can't carry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--unit", required=True, help="code; every unit under it is in its bank"
        )
        parser.add_argument("--format", default="spreadsheet", choices=list(FORMATS))
        parser.add_argument("--topic", default="", help="only of this topic: framework/code")
        parser.add_argument("--state", default="", choices=["", *Item.State.values])
        parser.add_argument("--json", action="store_true", help="one object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        items = list(self._items(options))
        made = written(items, FORMATS[options["format"]])
        path: Path = options["file"]
        try:
            path.write_bytes(made.data)
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {path}: {error.strerror}.") from error
        filters = f"unit={options['unit']}&topic={options['topic']}&state={options['state']}"
        note_exchange(actor=None, count=made.count, form=options["format"], filters=filters)
        notes = [{"item": note.label, "message": note.said.sentence} for note in made.notes]
        if options["json"]:
            told = {"file": str(path), "count": made.count, "found": len(items), "notes": notes}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"{made.count} trên {len(items)} câu đã ghi vào {path}.")
        for note in notes:
            self.stdout.write(f"  {note['item']}: {note['message']}".replace("  : ", "  "))

    @staticmethod
    def _items(options: dict[str, Any]) -> Any:
        unit = unit_by_code(options["unit"])
        if unit is None:
            raise CommandError(f"Không có đơn vị nào đang hoạt động mang mã {options['unit']}.")
        units = UnitLink.objects.filter(ancestor=unit).values("unit_id")
        items = Item.objects.filter(unit_id__in=units).order_by("topic_id", "id")
        if options["topic"]:
            topic = Nodes().find(options["topic"])
            if topic is None:
                raise CommandError(f"Không có chuyên đề nào mang mã {options['topic']}.")
            items = items.filter(topic=topic)
        return items.filter(state=options["state"]) if options["state"] else items

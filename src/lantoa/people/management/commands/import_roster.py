import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError

from lantoa.files.rules import FileRefused
from lantoa.people.actions.roster_apply import apply_roster
from lantoa.people.actions.roster_imports import take_in_roster
from lantoa.people.actions.roster_read import Reading, keep_reading, read_file
from lantoa.people.models import RosterRow, Unit
from lantoa.people.queries.rosters import sentences
from lantoa.people.queries.units import unit_by_code
from lantoa.people.rosters import RosterRefused


class Command(BaseCommand):
    help = "Read a roster and say what each row would do; with --apply take the clear rows in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, help="code of the unit that sends the roster")
        parser.add_argument(
            "--apply", action="store_true", help="take in what is new or changed; never a doubt"
        )
        parser.add_argument("--json", action="store_true", help="one object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        unit = unit_by_code(options["unit"])
        if unit is None:
            raise CommandError(f"Không có đơn vị nào đang hoạt động mang mã {options['unit']}.")
        path: Path = options["file"]
        try:
            data = path.read_bytes()
            reading = read_file(data=data, name=path.name, unit=unit, actor=None, mapping={})
            applied = self._apply(path, data, unit, reading) if options["apply"] else None
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {path}: {error.strerror}.") from error
        except RosterRefused as refused:
            raise CommandError(refused.message_vi) from refused
        except FileRefused as refused:
            raise CommandError(refused.message) from refused
        told = as_json(path.name, unit, reading, applied)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self._print(told)

    @staticmethod
    def _apply(path: Path, data: bytes, unit: Unit, reading: Reading) -> dict[str, int]:
        """By the system itself: the import is then seen, and can be undone, by coordinators."""
        upload = SimpleUploadedFile(path.name, data, content_type="")
        roster = take_in_roster(upload=upload, unit=unit, actor=None)
        keep_reading(roster=roster, reading=reading)
        counts = apply_roster(roster=roster, actor=None)
        return {**counts, "import": roster.pk}

    def _print(self, told: dict[str, Any]) -> None:
        counts, say = told["counts"], self.stdout.write
        say(f"{told['file']} → {told['unit']['name']} ({told['unit']['code']})")
        for sheet in told["sheets"]:
            claimed = "" if sheet["claimed"] is None else f", ghi tổng cộng {sheet['claimed']}"
            say(f"  Trang “{sheet['name']}”: đọc được {sheet['rows']} hàng{claimed}")
            for issue in sheet["issues"]:
                say(f"    {issue['message']}")
        words = ", ".join(
            f"{label.lower()} {counts[state]}" for state, label in RosterRow.State.choices
        )
        doubles = sum(sheet["duplicates"] for sheet in told["sheets"])
        say(f"Kết quả: {words}" + (f" ({doubles} hàng trùng trong tệp)." if doubles else "."))
        for row in told["rows"]:
            if any(issue["level"] != "info" for issue in row["issues"]) or row["duplicate"]:
                say(f"  [{row['label']}] {row['sheet']}, hàng {row['row']}: {row['name']}")
                for issue in row["issues"]:
                    say(f"      {issue['message']}")
        if told["applied"] is None:
            say("Chưa ghi gì. Thêm --apply để nhận những hàng mới và thay đổi.")
            return
        say(
            "Đã thêm {created} người, sửa {changed} người (trong đó chuyển đơn vị {transferred}), "
            "để lại {left_out} hàng vì dữ liệu vừa thay đổi.".format(**told["applied"])
        )


def as_json(
    name: str, unit: Unit, reading: Reading, applied: dict[str, int] | None
) -> dict[str, Any]:
    """The whole result as one object. Personal numbers are not in it."""
    labels = dict(RosterRow.State.choices)
    return {
        "file": name,
        "unit": {"code": unit.code, "name": unit.name},
        "counts": reading.summary["states"],
        "reasons": reading.summary["codes"],
        "sheets": [{**s, "issues": sentences(s["issues"])} for s in reading.sheets],
        "rows": [
            {
                "state": str(row.state),
                "label": str(labels[row.state]),
                "sheet": row.sheet,
                "row": row.row_number,
                "name": row.name,
                "unit": reading.judge.below.names.get(row.unit_id or 0),
                "duplicate": "duplicate_of" in row.values,
                "changes": row.changes,
                "issues": sentences(row.issues),
            }
            for row in reading.rows
        ],
        "applied": applied,
    }

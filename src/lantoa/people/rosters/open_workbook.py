"""Reads one workbook from standard input and writes its cells as JSON: run as its own process.

A damaged or hostile workbook can make the reader allocate without end, and then the whole process
ends. So it is this small one that ends, within set memory and time, and never the server.
It imports nothing of ours: it starts in a few hundredths of a second.
"""

import datetime
import io
import json
import resource
import sys
from typing import Any

import python_calamine


def main(limits: dict[str, int]) -> dict[str, Any]:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    try:
        return _read(sys.stdin.buffer.read(), limits)
    except python_calamine.PasswordError:
        return {"refused": "password"}
    except BaseException:  # the reader's panics are no Exception
        return {"refused": "damaged"}


def _read(data: bytes, limits: dict[str, int]) -> dict[str, Any]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    if len(workbook.sheets_metadata) > limits["sheets"]:
        return {"refused": "too_many_sheets", "limit": limits["sheets"]}
    sheets: list[dict[str, Any]] = []
    rows = characters = 0
    filled = False
    for about in workbook.sheets_metadata:
        kind = str(about.typ).rsplit(".", 1)[-1]
        if kind in ("MacroSheet", "Vba"):
            return {"refused": "macro"}
        if kind != "WorkSheet":
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        end = sheet.end or (-1, -1)
        rows += end[0] + 1
        if end[1] >= limits["columns"]:
            return {"refused": "too_many_columns", "limit": limits["columns"]}
        if rows > limits["rows"]:
            return {"refused": "too_many_rows", "limit": limits["rows"]}
        cells = [
            [cell or None if type(cell) is str else _plain(cell) for cell in row]
            for row in sheet.to_python(skip_empty_area=False)
        ]
        lengths = [len(cell) for row in cells for cell in row if type(cell) is str]
        characters += sum(lengths)
        if characters > limits["characters"]:
            return {"refused": "unpacks_too_big"}
        filled = filled or any(cell is not None for row in cells for cell in row)
        if limits["only_check"]:
            continue
        if max(lengths, default=0) > limits["cell"]:
            cells = [[_short(cell, limits["cell"]) for cell in row] for row in cells]
        sheets.append(
            {
                "name": about.name,
                "hidden": not str(about.visible).endswith("Visible"),
                "merged": sheet.merged_cell_ranges or [],
                "rows": cells,
            }
        )
    return {"sheets": sheets, "filled": filled}


def _short(cell: Any, longest: int) -> Any:
    return cell[:longest] if isinstance(cell, str) else cell


def _plain(cell: Any) -> Any:
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime.datetime):
        return {"date": cell.date().isoformat()}
    if isinstance(cell, datetime.date):
        return {"date": cell.isoformat()}
    return str(cell)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(json.loads(sys.argv[1]))))

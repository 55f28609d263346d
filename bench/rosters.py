"""A roster of a whole province: the dry run, applying, undoing, and the same file once more, each
with its wall time, CPU time and the most memory the process has held.

Runs in the data directory's own database, in a province of its own beside what is there. Nobody
of the roster is left afterwards; the province and the undone import are.
"""

import io
import random
import resource
import time
from collections.abc import Callable
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from bench.support.figures import markdown
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.roster_apply import apply_roster
from lantoa.people.actions.roster_decide import discard_roster
from lantoa.people.actions.roster_imports import take_in_roster
from lantoa.people.actions.roster_read import read_roster
from lantoa.people.actions.roster_undo import undo_roster
from lantoa.people.models import RosterImport, Unit

Say = Callable[[str], object]

COMMUNES = 92
FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đỗ", "Vũ", "Bùi", "Đặng", "Nông", "Ma", "Lý"]
MIDDLES = ["Thị", "Văn", "Đức", "Minh", "Thanh", "Bích", "Hồng", "Quang", "Xuân", "Ngọc"]
GIVENS = (
    *("An", "Anh", "Bình", "Cường", "Dũng", "Hòa", "Hương", "Lan", "Mai"),
    *("Nam", "Oanh", "Phúc", "Sơn", "Thủy", "Uyên", "Ước", "Yến", "Ý"),
)
TITLES = ("Viên chức trạm y tế", "Chủ tịch UBND xã", "Kế toán trường học", "Văn thư")
HEADER = ("TT", "Họ và tên", "Giới tính", "Ngày sinh", "CCCD", "Chức danh", "Đơn vị công tác",
          "Số điện thoại", "Email", "Dân tộc", "Ghi chú")  # fmt: skip


def _file(learners: int) -> bytes:
    """Believable rows from a seed: half of the dates are texts, every third phone lost its zero."""
    rng = random.Random(20220506)
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = workbook.add_worksheet("Danh sách")
    sheet.write_row(0, 0, HEADER)
    for n in range(learners):
        year, month, day = rng.randint(1966, 1999), rng.randint(1, 12), rng.randint(1, 28)
        woman = rng.random() < 0.5
        name = (rng.choice(FAMILIES), rng.choice(MIDDLES), rng.choice(MIDDLES), rng.choice(GIVENS))
        phone: str | int = f"09{12000000 + n}"
        row: list[str | int] = [
            n + 1, " ".join(name), "Nữ" if woman else "Nam", f"{day:02d}/{month:02d}/{year}",
            f"019{int(woman)}{year % 100:02d}{n:06d}", rng.choice(TITLES),
            f"Xã Thử {rng.randrange(COMMUNES) + 1}", int(phone) if n % 3 == 0 else phone,
            f"thu{n}@thu.example", "Tày" if n % 4 else "", "",
        ]  # fmt: skip
        sheet.write_row(n + 1, 0, row)
    workbook.close()
    return buffer.getvalue()


def _units() -> Unit:
    country = Unit.objects.filter(kind=Unit.Kind.COUNTRY, ended_on=None).first()
    province = create_unit(
        actor=None, code="", kind="province", name="Tỉnh Thử Danh Sách", parent=country
    )
    for n in range(COMMUNES):
        create_unit(actor=None, code="", kind="commune", name=f"Xã Thử {n + 1}", parent=province)
    return province


def _timed(work: Callable[[], object]) -> dict[str, float]:
    """`peak_mb` is of the process up to now, the generated file and the interpreter included."""
    began, cpu = time.perf_counter(), time.process_time()
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    reading = after.ru_utime + after.ru_stime - helpers.ru_utime - helpers.ru_stime
    return {
        "wall_s": round(time.perf_counter() - began, 2),
        "cpu_s": round(time.process_time() - cpu + reading, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def measure(*, learners: int, runs: int, say: Say) -> dict[str, Any]:
    """`runs` is not used: the whole story is told once."""
    say(f"a roster of {learners} people …")
    data, province = _file(learners), _units()
    steps: dict[str, dict[str, float]] = {}

    def take_in() -> RosterImport:
        upload = SimpleUploadedFile("danh-sach.xlsx", data, content_type="")
        return take_in_roster(upload=upload, unit=province, actor=None)

    def step(name: str, work: Callable[[], object]) -> None:
        say(f"{name} …")
        steps[name] = _timed(work)

    taken: list[RosterImport] = []
    step("upload and check", lambda: taken.append(take_in()))
    [roster] = taken
    step("dry run", lambda: read_roster(roster=roster, actor=None))
    counts = {"dry run": roster.summary["states"]}
    step("apply", lambda: apply_roster(roster=roster, actor=None))
    counts["apply"] = roster.summary["applied"]
    again = take_in()
    step("dry run of the same file", lambda: read_roster(roster=again, actor=None))
    counts["dry run of the same file"] = again.summary["states"]
    discard_roster(roster=again, actor=None)
    step("undo", lambda: undo_roster(roster=roster, actor=None))
    counts["undo"] = roster.summary["undone"]
    return {
        "learners": learners,
        "file_kb": len(data) // 1024,
        "database": connection.vendor,
        "steps": steps,
        "counts": counts,
    }


def table(figures: dict[str, Any]) -> str:
    rows = [
        (name, told["wall_s"], told["cpu_s"], told["peak_mb"])
        for name, told in figures["steps"].items()
    ]
    heads = ("step", "wall s", "CPU s", "peak MB")
    title = "{learners} people, a file of {file_kb} KB, {database}".format(**figures)
    return f"{title}\n\n{markdown(rows, heads)}"

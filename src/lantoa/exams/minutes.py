"""The minutes of a sitting (biên bản), as a document to sign: .docx to go on writing in, PDF to
file. In the frame of NĐ 30/2020: A4, national title and motto, agency top left, serif type."""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from lantoa.exams.models import Room, Sitting
from lantoa.exams.queries.minutes import Happening
from lantoa.exams.queries.watching import Row
from lantoa.exams.rules.watching import Watch
from lantoa.kernel import clock
from lantoa.web import formats

# Documents of the state begin with these in Vietnamese whoever reads them (NĐ 30/2020).
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập – Tự do – Hạnh phúc"
LAYOUT = (Path(__file__).parent / "minutes.typ").read_bytes()


@dataclass(frozen=True)
class Minutes:
    """What both documents say."""

    agency: str
    title: str
    facts: list[tuple[str, str]]
    lines: list[tuple[str, str]]
    absent: list[str]
    signers: list[str]


def minutes_of(
    sitting: Sitting, room: Room | None, rows: Sequence[Row], happenings: Sequence[Happening]
) -> Minutes:
    """`rows` and `happenings` are those of the room, where one is named."""
    absent = [row for row in rows if row.state is Watch.ABSENT]
    submitted = [row for row in rows if row.state is Watch.SUBMITTED]
    place = f"{room.name}, {room.place}".strip(", ") if room else _("Toàn ca thi")
    return Minutes(
        agency=sitting.exam.unit.name,
        title=sitting.name,
        facts=[
            (_("Nơi thi"), place),
            (_("Thời gian"), _window(sitting)),
            (_("Thí sinh theo danh sách"), str(len(rows))),
            (_("Có mặt"), str(len(rows) - len(absent))),
            (_("Vắng mặt"), str(len(absent))),
            (_("Đã nộp bài"), str(len(submitted))),
            (_("Lập lúc"), formats.moment(clock.now())),
        ],
        lines=[
            (formats.minute(one.at) or "", ": ".join(p for p in (one.summary, one.note) if p))
            for one in reversed(happenings)
        ],
        absent=[f"{row.name} {row.number}".strip() + f", {row.unit}" for row in absent],
        signers=[_("Giám thị 1"), _("Giám thị 2"), _("Thư ký hội đồng")],
    )


def _window(sitting: Sitting) -> str:
    return f"{formats.moment(sitting.opens_at)} – {formats.moment(sitting.closes_at)}"


def as_pdf(minutes: Minutes) -> bytes:
    words = {
        "happened": _("Diễn biến"),
        "absent": _("Thí sinh vắng mặt"),
        "nothing": _("Không có."),
    }
    inputs = {"said": json.dumps({**asdict(minutes), "words": words, "name": _("BIÊN BẢN CA THI")})}
    made: bytes = typst.compile(LAYOUT, sys_inputs=inputs, format="pdf")
    return made


def as_docx(minutes: Minutes) -> bytes:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    head = document.add_table(rows=1, cols=2)
    left, right = head.rows[0].cells
    _centred(left.paragraphs[0], minutes.agency.upper(), bold=True)
    _centred(right.paragraphs[0], NATION, bold=True)
    _centred(right.add_paragraph(), MOTTO, bold=True)
    _centred(document.add_paragraph(), _("BIÊN BẢN CA THI"), bold=True, size=14)
    _centred(document.add_paragraph(), minutes.title)
    for label, value in minutes.facts:
        document.add_paragraph(f"{label}: {value}")
    _section(document, _("Diễn biến"), [f"{at} {text}" for at, text in minutes.lines])
    _section(document, _("Thí sinh vắng mặt"), minutes.absent)
    signs = document.add_table(rows=1, cols=len(minutes.signers))
    for cell, who in zip(signs.rows[0].cells, minutes.signers, strict=True):
        _centred(cell.paragraphs[0], who, bold=True)
        _centred(cell.add_paragraph(), _("(ký, ghi rõ họ tên)"))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _section(document: "Document", title: str, lines: Sequence[str]) -> None:  # type: ignore[valid-type]
    heading = document.add_paragraph()  # type: ignore[attr-defined]
    heading.add_run(title).bold = True
    for line in lines or [_("Không có.")]:
        document.add_paragraph(line, style="List Bullet")  # type: ignore[attr-defined]


def _centred(
    paragraph: "object", text: str, *, bold: bool = False, size: int | None = None
) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER  # type: ignore[attr-defined]
    run = paragraph.add_run(text)  # type: ignore[attr-defined]
    run.bold = bold
    if size:
        run.font.size = Pt(size)

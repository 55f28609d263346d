"""Files that the course hands out, made here."""

from functools import cache
from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders
from docx import Document
from PIL import Image, ImageDraw

from lantoa.accounts.models import User
from lantoa.demo import content
from lantoa.demo.video import Slide, slides_webm
from lantoa.files.actions import keep
from lantoa.files.models import StoredFile
from lantoa.files.rules import KINDS

CHECKLIST_NAME = "Phiếu tự rà soát dịch vụ công của xã.docx"
CHECKLIST_TITLE = "Phiếu tự rà soát một thủ tục trực tuyến"
CHECKLIST = (
    "Thủ tục nào được nhiều người làm nhất trong ba tháng qua?",
    "Người dân phải khai lại những thông tin nào mà Nhà nước đã có?",
    "Bước nào phải đến trụ sở? Có bỏ được không, ai quyết định?",
    "Hồ sơ mới được mở trong bao lâu? Khi người trực vắng thì ai thay?",
    "Yêu cầu bổ sung được nói trong mấy lần, bằng lời có dễ hiểu không?",
    "Kết quả có bản điện tử được ký số không?",
    "Người cao tuổi, người khuyết tật được giúp như thế nào?",
    "Ba việc sẽ sửa trong tháng tới, ai làm, bao giờ xong?",
)


def checklist(actor: User | None) -> StoredFile:
    """A sheet to print and fill in at the commune's one-stop desk."""
    document = Document()
    document.add_heading(CHECKLIST_TITLE, level=1)
    document.add_paragraph("Xã, phường: ………………………………   Thủ tục: ………………………………   Ngày: ………………")
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, ("STT", "Câu hỏi", "Ghi nhận"), strict=True):
        cell.text = head
    for number, question in enumerate(CHECKLIST, start=1):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(number), question
    document.add_paragraph("Tài liệu minh họa, tự biên soạn.")
    buffer = BytesIO()
    document.save(buffer)
    return keep(
        stream=buffer, name=CHECKLIST_NAME, media_type=KINDS["docx"].media_type, actor=actor
    )


BROWSER_ALT = (
    "Cửa sổ trình duyệt: thanh địa chỉ ở trên, biểu trưng ở giữa, hai ô đăng nhập, một nút"
)
BROWSER_SIZE = (600, 360)


def browser_window(actor: User | None) -> StoredFile:
    """A browser's window with a page to sign in on, drawn in outline: a picture to point into."""
    picture = Image.new("RGB", BROWSER_SIZE, "#ffffff")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 599, 79), fill="#dfe5ea")
    draw.rounded_rectangle((60, 18, 560, 62), 22, fill="#ffffff", outline="#4a5763")
    draw.text((84, 28), "https://dichvucong.example", fill="#15202b", font_size=22)
    draw.ellipse((20, 28, 44, 52), outline="#4a5763", width=3)
    draw.ellipse((265, 100, 335, 170), fill="#c8102e")
    for top in (195, 245):
        draw.rounded_rectangle((180, top, 420, top + 36), 6, outline="#4a5763", width=2)
    draw.rounded_rectangle((240, 298, 360, 338), 6, fill="#0b4f8a")
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    buffer.seek(0)
    return keep(
        stream=buffer, name="Trình duyệt.png", media_type=KINDS["png"].media_type, actor=actor
    )


@cache
def report() -> bytes:
    """What a candidate hands in: half a page with a table and what follows from it."""
    document = Document()
    document.add_heading("Báo cáo nhận hồ sơ qua mạng trong tháng", level=1)
    rows = (("Lĩnh vực", "Hồ sơ", "Qua mạng"), ("Hộ tịch", "140", "118"), ("Đất đai", "95", "61"),
            ("Bảo trợ xã hội", "85", "77"), ("Tổng", "320", "256"))  # fmt: skip
    table = document.add_table(rows=0, cols=3)
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph(
        "Đất đai có tỷ lệ qua mạng thấp nhất (64%). Tháng tới bộ phận một cửa hướng dẫn tại chỗ "
        "cho người nộp hồ sơ đất đai."
    )
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def opening_video(actor: User | None) -> StoredFile | None:
    """Slides of the first lesson; None where the front end, whose font they use, isn't built."""
    font = finders.find("web/fonts/be-vietnam-pro-latin-400-normal.woff2")
    if not isinstance(font, str):
        return None
    topic = content.topics()[0]
    lesson = topic.lessons[0]
    slides = [
        Slide(content.programme().title, ["Tài liệu minh họa"]),
        Slide(lesson.title, [topic.title]),
        Slide("Học xong bài này, anh/chị có thể", lesson.objectives),
        Slide("Điều cần nhớ", lesson.takeaways),
    ]
    return keep(
        stream=BytesIO(slides_webm(slides, fonts=Path(font).parent)),
        name="Mở đầu.webm",
        media_type=KINDS["webm"].media_type,
        actor=actor,
    )

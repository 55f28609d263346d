"""Contents of every kind, several of each, with responses that are right; our own writing."""

from typing import Any

Content = dict[str, Any]

FILE = "0198c0de-0000-7000-8000-000000000001"
OTHER_FILE = "0198c0de-0000-7000-8000-000000000002"
WHY = "Vì người dân đỡ phải đi lại."
ASKED = {"stem": "Nộp hồ sơ: việc nào làm trước?", "explanation": WHY}
RICH = (
    r"<p>Tính \(\frac{a}{b}\) của <em>việc nào</em>?</p>"
    f'<img data-file="{FILE}" alt="Sơ đồ &gt; một">'
)


def single(number: int = 1, answer: int = 1) -> Content:
    return {
        "stem": f"Câu hỏi số {number}: việc nào làm trước?",
        "options": [{"text": f"Phương án {letter} của câu {number}"} for letter in "ABCD"],
        "answer": answer,
        "explanation": WHY,
    }


def multiple(**change: Any) -> Content:
    content = {key: value for key, value in single().items() if key != "answer"}
    return {**content, "answers": [0, 2], **change}


def true_false(*truths: bool, **change: Any) -> Content:
    listed = truths or (True, False, True, False)
    statements = [{"text": f"Nhận định {n}", "true": true} for n, true in enumerate(listed)]
    return {**ASKED, "statements": statements, "scoring": "each", **change}


def matching(**change: Any) -> Content:
    return {
        **ASKED,
        "left": [{"text": "Chữ ký số"}, {"text": "Mã QR"}, {"text": "Tường lửa"}],
        "right": [
            {"text": "Xác nhận người ký"},
            {"text": "Đọc bằng máy ảnh"},
            {"text": "Chặn truy cập lạ"},
            {"text": "In tài liệu"},
        ],
        "pairs": [0, 1, 2],
        "scoring": "each",
        **change,
    }


def ordering(**change: Any) -> Content:
    steps = ("Tiếp nhận", "Phân công", "Xử lý", "Trả kết quả")
    return {**ASKED, "parts": [{"text": step} for step in steps], "scoring": "all", **change}


def text_gap(*accept: str, **change: Any) -> Content:
    listed = list(accept) or ["Hà Nội", "Thủ đô Hà Nội"]
    gap = {"type": "text", "accept": listed, "ignore_case": True, "ignore_accents": False}
    return {**gap, **change}


def number_gap(value: str = "3.5", tolerance: str = "0.1") -> Content:
    return {"type": "number", "value": value, "tolerance": tolerance}


def choice_gap(answer: int = 1) -> Content:
    return {
        "type": "choice",
        "options": [{"text": t} for t in ("ba", "bốn", "năm")],
        "answer": answer,
    }


def blank(gap: Content | None = None, **change: Any) -> Content:
    return {**ASKED, "gap": gap or text_gap(), **change}


def cloze(**change: Any) -> Content:
    return {
        "text": "<p>Việc nào ở [[1]] mất [[2]] ngày,</p><p>qua [[3]] bước?</p>",
        "gaps": [text_gap(), number_gap(), choice_gap()],
        "explanation": WHY,
        **change,
    }


def hotspot(**change: Any) -> Content:
    return {
        **ASKED,
        "image": {"file": FILE, "alt": "Màn hình nộp hồ sơ", "width": 400, "height": 300},
        "areas": [
            {"shape": "rect", "at": [10, 20, 100, 50]},
            {"shape": "circle", "at": [300, 200, 30]},
            {"shape": "polygon", "at": [200, 10, 260, 10, 230, 60]},
        ],
        **change,
    }


def scenario(*parts: tuple[str, Content], **change: Any) -> Content:
    listed = parts or (
        ("single_choice", single()),
        ("true_false", true_false()),
        ("ordering", ordering()),
        ("cloze", cloze()),
        ("matching", matching()),
        ("blank", blank(number_gap())),
        ("multiple_response", multiple(scoring="partial")),
    )
    inside = [{"kind": kind, "content": content} for kind, content in listed]
    return {**ASKED, "parts": inside, **change}


RUBRIC = [{"title": "Đúng thể thức", "points": 4}, {"title": "Đủ ý", "points": 6}]


def essay(**change: Any) -> Content:
    limits = {"least_words": 50, "most_words": 300}
    return {**ASKED, **limits, "rubric": RUBRIC, "sample": "Bài mẫu mật", **change}


def file_task(**change: Any) -> Content:
    return {
        **ASKED,
        "files": [{"file": OTHER_FILE, "name": "số liệu.xlsx"}],
        "accept": ["docx", "xlsx"],
        "rubric": RUBRIC,
        "sample": "Bài mẫu mật",
        **change,
    }


UPLOAD = {"upload": FILE, "name": "bài làm.docx", "size": 12345}

# Kind → contents, each with a right response (of by_people kinds: one that is accepted).
SAMPLES: dict[str, list[tuple[Content, Any]]] = {
    "single_choice": [
        (single(), 1),
        (single(answer=3) | {"stem": RICH}, 3),
        (single(answer=0) | {"options": [{"text": "A"}, {"text": "Tất cả", "fixed": True}]}, 0),
    ],
    "multiple_response": [
        (multiple(), [0, 2]),
        (multiple(scoring="partial", stem=RICH), [0, 2]),
        (multiple(answers=[0, 1, 2, 3]), [0, 1, 2, 3]),
    ],
    "true_false": [
        (true_false(), [True, False, True, False]),
        (true_false(False, False, scoring="all", stem=RICH), [False, False]),
        (true_false(True, True, False, True, scoring="steps"), [True, True, False, True]),
    ],
    "matching": [
        (matching(), [3, 1, 0]),  # the right column is stored by the alphabet
        (matching(scoring="all", stem=RICH, right=matching()["right"][:3]), [2, 1, 0]),
    ],
    "ordering": [
        (ordering(), [0, 1, 2, 3]),
        (ordering(scoring="each", stem=RICH, key=[2, 0, 1, 3]), [2, 0, 1, 3]),
    ],
    "blank": [
        (blank(), "hà nội"),
        (blank(text_gap("Đúng quy định", ignore_case=False, ignore_accents=True)), "Dung quy dinh"),
        (blank(number_gap(), stem=RICH), "3,45"),
    ],
    "cloze": [
        (cloze(), ["Hà Nội", "3,5", 1]),
        (cloze(text=rf"{RICH} [[2]] rồi [[1]]", gaps=[choice_gap(0), number_gap()]), ["3.6", 0]),
    ],
    "hotspot": [(hotspot(), {"x": 10, "y": 20}), (hotspot(stem=RICH), {"x": 310, "y": 210})],
    "scenario": [
        (
            scenario(),
            [1, [True, False, True, False], [1, 0, 3, 2], ["Hà Nội", "3,5", 1], [3, 1, 0], "3.5",
             [0, 2]],
        ),
        (scenario(("blank", blank()), ("hotspot", hotspot()), stem=RICH), ["Hà Nội", {"x": 12,
        "y": 22}]),
    ],
    "essay": [
        (essay(), "Việc làm trước là tiếp nhận.\nRồi phân công."),
        (essay(least_words=None, most_words=None, rubric=[], stem=RICH), "x"),
    ],
    "file_task": [(file_task(), UPLOAD), (file_task(files=[], rubric=[], stem=RICH), UPLOAD)],
}  # fmt: skip

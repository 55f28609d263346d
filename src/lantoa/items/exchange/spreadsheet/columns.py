"""The columns of the form and the words in them. They belong to the files, not to a screen: they
stay Vietnamese in every language, so that a file from one office is read in any other."""

import re
from typing import Final

from lantoa.kernel.text import fold

SHEET, EXAMPLES, GUIDE, LISTS = "Câu hỏi", "Ví dụ", "Hướng dẫn", "Danh mục"
LETTERS: Final = "ABCDEFGHIJKLMNOPQRST"
USUAL_OPTIONS: Final = 6

# key: (header, width, other headers that people write, folded)
BEFORE: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "label": ("Mã câu", 10, ("stt", "so thu tu", "cau so", "tt")),
    "topic": ("Chuyên đề", 30, ("ma chuyen de", "chu de", "noi dung chuyen de", "topic")),
    "kind": ("Dạng câu", 24, ("dang", "loai cau", "loai cau hoi", "dang cau hoi", "type")),
    "level": ("Mức", 14, ("muc do", "cap do", "level")),
    "stem": ("Nội dung câu hỏi", 60, ("cau hoi", "noi dung", "cau dan", "question")),
}
AFTER: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "answer": ("Đáp án", 24, ("dap an dung", "tra loi dung", "phuong an dung", "answer")),
    "explanation": ("Giải thích", 40, ("loi giai", "giai thich dap an", "explanation")),
    "scoring": ("Cách chấm", 16, ("cach tinh diem",)),
    "fixed": ("Giữ vị trí", 12, ("giu nguyen vi tri", "khong tron")),
    "difficulty": ("Độ khó", 12, ("do kho",)),
    "seconds": ("Thời gian (giây)", 12, ("thoi gian", "so giay")),
    "purpose": ("Dùng cho", 20, ("muc dich",)),
    "competence": ("Năng lực", 24, ("nang luc thanh phan", "ma nang luc")),
    "source": ("Nguồn", 30, ("nguon tham khao", "trich tu")),
    "notes": ("Ghi chú", 30, ("chu thich",)),
    "part": ("Câu con", 10, ("thuoc tinh huong",)),
    "least": ("Số từ ít nhất", 10, ()),
    "most": ("Số từ nhiều nhất", 10, ()),
    "accept": ("Loại tệp nộp", 16, ()),
    "files": ("Tệp phát", 30, ()),
    "image": ("Ảnh", 30, ()),
}
COLUMNS = {**BEFORE, **AFTER}
_BY_HEADER = {
    word: key for key, (header, _, others) in COLUMNS.items() for word in (fold(header), *others)
}
_OPTION = re.compile(r"(?:phuong an|lua chon|dap an|cau tra loi|y|option)? ?([a-t])")

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "single_choice": ("Một phương án đúng", ("chon mot", "trac nghiem", "mot dap an", "mcq")),
    "multiple_response": ("Nhiều phương án đúng", ("chon nhieu", "nhieu dap an")),
    "true_false": ("Đúng/Sai", ("dung sai", "true false")),
    "matching": ("Ghép đôi", ("noi cot", "ghep cap", "noi")),
    "ordering": ("Sắp xếp", ("sap xep thu tu", "sap thu tu")),
    "blank": ("Điền khuyết", ("dien vao cho trong", "dien tu", "tra loi ngan")),
    "cloze": ("Điền nhiều chỗ", ("dien nhieu cho trong",)),
    "hotspot": ("Chỉ vị trí trên ảnh", ("chon vi tri tren anh",)),
    "scenario": ("Tình huống", ("cau hoi tinh huong",)),
    "essay": ("Tự luận", ("viet", "essay")),
    "file_task": ("Nộp tệp", ("thuc hanh", "bai thuc hanh")),
}
LEVELS = {"basic": "Cơ bản", "intermediate": "Trung bình", "advanced": "Nâng cao"}
DIFFICULTIES = {"easy": "Dễ", "medium": "Vừa", "hard": "Khó"}
PURPOSES = {"exam": "Câu hỏi thi", "lesson": "Câu hỏi trong bài"}
SCORINGS = {
    "all": "Đúng hết",
    "each": "Từng ý",
    "partial": "Từng phần",
    "steps": "Bậc thang",
}
YES = frozenset({"x", "co", "v", "1", "dung"})


def key_of(header: str) -> str:
    """What a header names: a column's key, `option-A`, or nothing."""
    word = fold(header)
    if key := _BY_HEADER.get(word):
        return key
    found = _OPTION.fullmatch(word)
    return f"option-{found[1].upper()}" if found else ""


def kind_named(words: str) -> str:
    word = fold(words)
    for kind, (label, others) in KINDS.items():
        if word in (fold(label), fold(kind), *others):
            return kind
    return ""


def code_named(words: str, labels: dict[str, str]) -> str:
    """The code of a label, typed with or without accents; the code itself is fine too."""
    word = fold(words)
    return next((code for code, label in labels.items() if word in (fold(label), code)), "")


def topic_code(words: str) -> str:
    """`lanh-dao-xa-2022/t1 | Tên chuyên đề` begins with what counts."""
    return words.partition("|")[0].strip()

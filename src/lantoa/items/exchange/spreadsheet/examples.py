"""One item of each kind, our own writing, to show how a row is filled in."""

from lantoa.items.exchange.rows import Content

_WHY = "Công dân được hướng dẫn ngay thì không phải đi lại lần nữa."

EXAMPLES: tuple[tuple[str, Content], ...] = (
    ("single_choice", {
        "stem": "Công dân hỏi cách nộp hồ sơ trực tuyến. Anh/chị làm gì trước?",
        "options": [{"text": "Hẹn hôm khác"}, {"text": "Hướng dẫn ngay tại chỗ"},
                    {"text": "Chuyển sang phòng khác"},
                    {"text": "Không việc nào ở trên", "fixed": True}],
        "answer": 1, "explanation": _WHY,
    }),
    ("multiple_response", {
        "stem": "Việc nào giúp giữ an toàn tài khoản công vụ?",
        "options": [{"text": "Bật xác thực hai bước"}, {"text": "Dùng chung mật khẩu"},
                    {"text": "Khóa màn hình khi rời máy"}],
        "answers": [0, 2], "scoring": "partial", "explanation": "",
    }),
    ("true_false", {
        "stem": "Về văn bản điện tử, mỗi ý sau đúng hay sai?",
        "statements": [{"text": "Văn bản ký số hợp lệ có giá trị như bản giấy.", "true": True},
                       {"text": "Ảnh chụp chữ ký tay là chữ ký số.", "true": False},
                       {"text": "Có thể kiểm tra chữ ký số bằng phần mềm.", "true": True}],
        "scoring": "each", "explanation": "",
    }),
    ("matching", {
        "stem": "Ghép mỗi việc với công cụ phù hợp.",
        "left": [{"text": "Họp từ xa"}, {"text": "Tính tổng một cột số"}],
        "right": [{"text": "Phần mềm họp trực tuyến"}, {"text": "Bảng tính"}, {"text": "Máy quét"}],
        "pairs": [0, 1], "scoring": "each", "explanation": "",
    }),
    ("ordering", {
        "stem": "Xếp các bước xử lý văn bản đến.",
        "parts": [{"text": "Tiếp nhận"}, {"text": "Đăng ký"}, {"text": "Trình"}, {"text": "Xử lý"}],
        "scoring": "all", "explanation": "",
    }),
    ("blank", {
        "stem": "Thủ đô của Việt Nam là thành phố nào?",
        "gap": {"type": "text", "accept": ["Hà Nội", "Thành phố Hà Nội"],
                "ignore_case": True, "ignore_accents": True},
        "explanation": "",
    }),
    ("cloze", {
        "text": "Một tá có [[1]] chiếc; hai tá có [[2]] chiếc.",
        "gaps": [{"type": "number", "value": "12", "tolerance": "0"},
                 {"type": "choice", "options": [{"text": "20"}, {"text": "24"}], "answer": 1}],
        "explanation": "",
    }),
    ("essay", {
        "stem": "Trình bày một cải tiến mà anh/chị đã làm khi tiếp công dân.",
        "most_words": 500, "least_words": None,
        "rubric": [{"title": "Nêu rõ việc và kết quả", "points": 6},
                   {"title": "Diễn đạt", "points": 4}],
        "sample": "", "explanation": "",
    }),
    ("file_task", {
        "stem": "Lập bảng tổng hợp theo số liệu đã phát, nộp tệp bảng tính.",
        "files": [], "accept": ["xlsx", "ods"],
        "rubric": [{"title": "Công thức đúng", "points": 7}, {"title": "Trình bày", "points": 3}],
        "sample": "", "explanation": "",
    }),
    ("scenario", {
        "stem": "Một công dân lớn tuổi đến làm thủ tục nhưng không có điện thoại thông minh.",
        "parts": [
            {"kind": "single_choice", "content": {
                "stem": "Nên làm gì trước?",
                "options": [{"text": "Mời ngồi và hỏi việc cần làm"},
                            {"text": "Hẹn về nhờ con cháu"}],
                "answer": 0, "explanation": ""}},
            {"kind": "true_false", "content": {
                "stem": "Mỗi ý sau đúng hay sai?",
                "statements": [{"text": "Được nộp hồ sơ giấy.", "true": True},
                               {"text": "Phải mua điện thoại mới.", "true": False}],
                "scoring": "each", "explanation": ""}},
        ],
        "explanation": "",
    }),
)  # fmt: skip

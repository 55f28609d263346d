"""What an author would call the same question, and what not, as tables."""

import pytest

from lantoa.items.similarity import ALIKE_PERCENT, BANDS, bands, likeness, shingles
from lantoa.kernel.text import fold

SIGNATURE = (
    "Cán bộ xã nhận hồ sơ trực tuyến của người dân thì việc nào phải làm trước? "
    "Hẹn người dân mang bản giấy đến Kiểm tra hồ sơ và báo đã tiếp nhận "
    "In hồ sơ ra để lưu Chuyển thẳng cho lãnh đạo ký"
)
SAME = [
    ("the very same", SIGNATURE, SIGNATURE),
    ("accents left out", SIGNATURE, fold(SIGNATURE)),
    ("other punctuation and capitals", SIGNATURE, SIGNATURE.upper().replace("?", " …:")),
    (
        "tones placed the other way",
        SIGNATURE + " Hòa giải, thủy lợi, khỏe",
        SIGNATURE + " Hoà giải, thuỷ lợi, khoẻ",
    ),
    ("a word changed", SIGNATURE, SIGNATURE.replace("lãnh đạo", "chủ tịch")),
    (
        "options in another order",
        SIGNATURE,
        "Cán bộ xã nhận hồ sơ trực tuyến của người dân thì việc nào phải làm trước? "
        "In hồ sơ ra để lưu Chuyển thẳng cho lãnh đạo ký "
        "Kiểm tra hồ sơ và báo đã tiếp nhận Hẹn người dân mang bản giấy đến",
    ),
    (
        "an option more",
        SIGNATURE,
        f"{SIGNATURE} Tất cả các việc trên",
    ),
    (
        "another number",
        "Thời hạn trả lời phản ánh của người dân trên cổng dịch vụ công là bao nhiêu ngày? "
        "3 ngày 5 ngày 7 ngày 10 ngày",
        "Thời hạn trả lời phản ánh của người dân trên cổng dịch vụ công là bao nhiêu ngày? "
        "2 ngày 5 ngày 7 ngày 15 ngày",
    ),
]
DIFFERENT = [
    (
        "the same frame",
        "Theo quy định, cơ quan nào sau đây chủ trì bảo đảm an toàn thông tin mạng của tỉnh?",
        "Theo quy định, cơ quan nào sau đây được cấp chứng thư số chuyên dùng công vụ?",
    ),
    (
        "the same answers",
        "Nhận định: có kênh trực tuyến tốt thì xã bỏ hẳn kênh trực tiếp. Đúng hay sai? Đúng Sai",
        "Nhận định: bản in từ tệp đã ký số có giá trị như tệp gốc. Đúng hay sai? Đúng Sai",
    ),
    (
        "the same subject",
        "Chữ ký số khác chữ ký ảnh chụp ở điểm nào?",
        "Vì sao không được cho người khác mượn thiết bị ký số?",
    ),
    ("nothing in common", SIGNATURE, "Mật khẩu mạnh có đặc điểm gì?"),
    ("no words at all", SIGNATURE, ""),
]


def percent(one: str, other: str) -> int:
    return likeness(shingles(fold(one)), shingles(fold(other)))


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in SAME], ids=[r[0] for r in SAME])
def test_what_an_author_would_call_the_same_is_found(one: str, other: str) -> None:
    assert percent(one, other) >= ALIKE_PERCENT
    assert percent(other, one) == percent(one, other)
    assert set(bands(fold(one))) & set(bands(fold(other)))


@pytest.mark.parametrize(
    ("one", "other"), [row[1:] for row in DIFFERENT], ids=[r[0] for r in DIFFERENT]
)
def test_another_question_is_left_in_peace(one: str, other: str) -> None:
    assert percent(one, other) < ALIKE_PERCENT - 20


def test_only_the_very_same_is_a_hundred_percent() -> None:
    words = " ".join(f"chữ{n}" for n in range(300))
    assert percent(words, words) == 100
    assert percent(words, f"{words} nữa") == 99


def test_bands_are_stored_and_therefore_never_change() -> None:
    assert bands("mot hai ba") == bands("mot hai ba")
    assert bands("mot hai ba")[:2] == [482912224427999666, 6158367677189629542]
    assert len(bands(fold(SIGNATURE))) == BANDS
    assert all(-(2**63) <= band < 2**63 for band in bands(fold(SIGNATURE)))


def test_a_single_word_has_bands_and_no_words_have_none() -> None:
    assert len(bands("mot")) == BANDS
    assert bands("") == []

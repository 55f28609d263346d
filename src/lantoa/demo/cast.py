"""The people whom one may sign in as: one for each role, and one who has a code to try."""

from dataclasses import dataclass, replace
from datetime import date

from lantoa.people.rules.persons import PersonFacts

PASSWORD = "lan-toa-minh-hoa"  # noqa: S105 - printed for everybody


@dataclass(frozen=True)
class Member:
    """`phone` and `email` both sign in; the password is everybody's."""

    key: str
    label: str
    full_name: tuple[str, str, str]
    sex: str
    born: date
    email: str
    phone: str
    title: str = ""

    def over(self, facts: PersonFacts) -> PersonFacts:
        """The member's own name and addresses in place of those drawn."""
        family, middle, given = self.full_name
        return replace(
            facts,
            family_name=family,
            middle_name=middle,
            given_name=given,
            sex=self.sex,
            birth_date=self.born,
            birth_year=self.born.year,
            email=self.email,
            phone=self.phone,
            personal_number="",
            title=self.title or facts.title,
        )


ADMINISTRATOR_NAME = "Quản trị hệ thống (minh họa)"
ADMINISTRATOR_EMAIL = "quantri@lantoa.example"

COORDINATOR = Member(
    "coordinator", "Đầu mối tỉnh", ("Trần", "Quang", "Huy"), "male", date(1981, 4, 17),
    "daumoi.tinh@lantoa.example", "0990000001", "Chuyên viên chính",
)  # fmt: skip
AUTHOR = Member(
    "author", "Người soạn khóa học", ("Phạm", "Thu", "Trang"), "female", date(1988, 9, 2),
    "soankhoahoc@lantoa.example", "0990000003", "Chuyên viên",
)  # fmt: skip
EXAMINER = Member(
    "examiner", "Khảo thí", ("Ngô", "Đức", "Thành"), "male", date(1985, 11, 23),
    "khaothi@lantoa.example", "0990000004", "Chuyên viên",
)  # fmt: skip
LEADER = Member(
    "leader", "Lãnh đạo tỉnh", ("Dương", "Văn", "Lượng"), "male", date(1973, 1, 30),
    "lanhdao@lantoa.example", "0990000005", "Phó Chủ tịch UBND tỉnh",
)  # fmt: skip
LEARNER = Member(
    "learner", "Học viên", ("Nguyễn", "Thị", "Hằng"), "female", date(1984, 6, 12),
    "hocvien@lantoa.example", "0990000006", "Phó Chủ tịch UBND",
)  # fmt: skip
COMMUNE_COORDINATOR = Member(
    "commune_coordinator", "Đầu mối xã", ("Nông", "Minh", "Tuấn"), "male", date(1990, 2, 8),
    "daumoi.xa@lantoa.example", "0990000002", "Chuyên viên phụ trách chuyển đổi số",
)  # fmt: skip
WAITING = Member(
    "waiting", "Chưa kích hoạt", ("Hoàng", "Thị", "Duyên"), "female", date(1986, 12, 5),
    "chuakichhoat@lantoa.example", "0990000007", "Phó Chủ tịch UBND",
)  # fmt: skip

OFFICE = (COORDINATOR, AUTHOR, EXAMINER, LEADER)
"""They serve the training and are not in it."""

SIGN_INS = (COORDINATOR, COMMUNE_COORDINATOR, AUTHOR, EXAMINER, LEARNER, LEADER)

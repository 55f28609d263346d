"""Everything that is kept about one person, for that person (law 91/2025/QH15: access).

Plain values only, under Vietnamese titles, so that the same data makes the JSON and the page.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models import Model
from django.utils.translation import gettext as _

from lantoa.accounts.devices import device_name
from lantoa.accounts.models import User
from lantoa.audit.models import Event
from lantoa.certificates.queries import certificates_of
from lantoa.classes.queries.mine import my_classes
from lantoa.classes.queries.online import stays_of_person
from lantoa.classes.queries.scores import changes_of_person
from lantoa.classes.rules import points
from lantoa.courses.queries import learning_of
from lantoa.exams.models import Attempt
from lantoa.notices.queries import notices_of
from lantoa.obligations.queries.mine import obligations_of
from lantoa.people.actions.person_columns import personal_number_of
from lantoa.people.models import Person
from lantoa.programmes.models import Enrolment
from lantoa.records.queries import statement_json, statements_of
from lantoa.web import formats

Facts = dict[str, Any]
ABOUT_PERSON = (
    "family_name", "middle_name", "given_name", "sex", "birth_date", "birth_year", "phone", "email",
    "ethnicity", "title", "category", "is_leader", "specialism", "note", "left_on", "created_at",
)  # fmt: skip
ABOUT_USER = ("display_name", "email", "phone", "language", "created_at", "activated_at")


def known_about(user: User, person: Person | None) -> Facts:
    """Title -> facts or list of facts. The statements go apart, they are many."""
    known: Facts = {_("Tài khoản"): _columns(user, ABOUT_USER)}
    if person is not None:
        known |= _of_person(person)
    return known | {
        _("Vai trò"): _roles(user),
        _("Thông báo"): [
            {_("Lúc"): n.created_at, _("Tiêu đề"): n.title, _("Nội dung"): n.body}
            for n in notices_of(user)
        ],
        _("Phiên đăng nhập"): [
            {
                _("Thiết bị"): device_name(s.user_agent),
                _("Địa chỉ mạng"): s.ip,
                _("Bắt đầu"): s.created_at,
                _("Lần cuối"): s.last_seen_at,
            }
            for s in UserSession.objects.filter(user_id=user.pk)
        ],
        _("Việc đã làm trong hệ thống"): [
            {_("Lúc"): event.at, _("Việc"): event.action}
            for event in Event.objects.filter(actor_id=user.pk).order_by("-at")
        ],
    }


def statements_about(person: Person | None) -> list[Facts]:
    """Every learning statement, newest first, as xAPI."""
    return [statement_json(s) for s in statements_of(person)] if person is not None else []


def _of_person(person: Person) -> Facts:
    return {
        _("Lý lịch"): {
            **_columns(person, ABOUT_PERSON),
            _("Số định danh cá nhân"): personal_number_of(person),
            _("Đơn vị"): person.unit.name,
        },
        _("Vị trí công tác"): [
            {
                _("Đơn vị"): post.unit.name,
                _("Chức vụ"): post.title,
                _("Từ"): post.since,
                _("Đến"): post.until,
            }
            for post in person.posts.select_related("unit").order_by("-since")
        ],
        _("Ghi danh"): _enrolments(person),
        _("Khóa học"): _courses(person),
        _("Bài làm và kết quả"): _attempts(person),
        _("Nghĩa vụ"): [
            {
                _("Quy định"): one.rule.title,
                _("Hạn"): one.obligation.due_on,
                _("Tình trạng"): one.obligation.get_state_display(),
                _("Đề nghị"): "; ".join(
                    f"{p.get_kind_display()}: {p.words}" for p in one.obligation.petitions.all()
                ),
            }
            for one in obligations_of(person)
        ],
        _("Lớp học và điểm danh"): [
            {
                _("Lớp"): one.training_class.name,
                _("Buổi"): row.meeting.starts_at,
                _("Điểm danh"): row.label,
            }
            for one in my_classes(person)
            for row in one.meetings
        ],
        _("Thời gian dự trực tuyến"): [
            {
                _("Lớp"): stay.meeting.training_class.name,
                _("Từ"): stay.starts_at,
                _("Đến"): stay.ends_at,
                _("Theo"): stay.get_source_display(),
            }
            for stay in stays_of_person(person)
        ],
        _("Điểm kiểm tra ở lớp"): [
            {
                _("Lớp"): change.test.training_class.name,
                _("Bài kiểm tra"): change.test.name,
                _("Điểm"): points.shown(change.points),
                _("Lúc"): change.at,
            }
            for change in changes_of_person(person)
        ],
        _("Giấy chứng nhận"): [
            {
                _("Số hiệu"): certificate.serial,
                _("Chương trình"): certificate.snapshot["programme"],
                _("Ngày cấp"): certificate.issued_at,
                _("Đã thu hồi"): hasattr(certificate, "revocation"),
            }
            for certificate in certificates_of(person)
        ],
    }


def _roles(user: User) -> list[Facts]:
    return [
        {
            _("Vai trò"): grant.get_role_display(),
            _("Đơn vị"): grant.unit.name,
            _("Từ"): grant.starts_on,
            _("Đến"): grant.ends_on,
            _("Thu hồi lúc"): grant.withdrawn_at,
        }
        for grant in user.role_grants.select_related("unit").order_by("starts_on")
    ]


def _enrolments(person: Person) -> list[Facts]:
    rows = Enrolment.objects.filter(person=person).select_related("cohort__programme", "unit")
    return [
        {
            _("Chương trình"): row.cohort.programme.title,
            _("Đợt"): row.cohort.name,
            _("Đơn vị"): row.unit.name,
            _("Ghi danh"): row.enrolled_at,
            _("Bắt đầu"): row.started_at,
            _("Hoàn thành"): row.completed_at,
            _("Cấp giấy chứng nhận"): row.certified_at,
            _("Rút tên"): row.withdrawn_at,
        }
        for row in rows.order_by("enrolled_at")
    ]


def _courses(person: Person) -> list[Facts]:
    return [
        {
            _("Khóa học"): learning.registration.course.title,
            _("Bắt đầu"): learning.registration.started_at,
            _("Hoàn thành"): learning.completed_at,
            _("Số bài đã học"): f"{learning.lessons_done}/{learning.lessons_total}",
        }
        for learning in learning_of(person)
    ]


def _attempts(person: Person) -> list[Facts]:
    rows = Attempt.objects.filter(
        candidate__person=person, started_at__isnull=False
    ).select_related("sitting__exam", "result")
    return [
        {
            _("Bài kiểm tra"): row.sitting.name,
            _("Lần"): row.number,
            _("Bắt đầu"): row.started_at,
            _("Nộp"): row.submitted_at,
            _("Điểm (%)"): row.result.score if hasattr(row, "result") else None,
            _("Đạt"): row.result.passed if hasattr(row, "result") else None,
            _("Số lần lưu câu trả lời"): row.answers.count(),
        }
        for row in rows.order_by("started_at")
    ]


def _columns(row: Model, names: Iterable[str]) -> Facts:
    """By the model's own labels; choices in words."""
    fields = {field.name: field for field in row._meta.concrete_fields}
    return {
        str(fields[name].verbose_name).capitalize(): _value(row, name, bool(fields[name].choices))
        for name in names
    }


def _value(row: Model, name: str, has_choices: bool) -> Any:
    return getattr(row, f"get_{name}_display")() if has_choices else getattr(row, name)


def shown(value: Any) -> str:
    """A fact as a person reads it."""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, datetime):
        return formats.minute(value)
    if isinstance(value, date):
        return formats.day(value)
    return formats.NOTHING if value in (None, "") else str(value)


def for_page(known: Mapping[str, Any]) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    """(title, records of (label, words))."""
    return [
        (title, [_pairs(one) for one in (facts if isinstance(facts, list) else [facts])])
        for title, facts in known.items()
    ]


def _pairs(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(label, shown(value)) for label, value in facts.items()]

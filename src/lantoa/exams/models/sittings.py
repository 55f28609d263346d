"""What is held: an exam, its sittings, the rooms and people of a sitting."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.items.models import Blueprint, Bundle, Form
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.programmes.models import Cohort, Enrolment, Requirement


class Exam(models.Model):
    """A test and the rules by which it is held. `cohort` and `requirement` are set when it is the
    final test of a cohort; `forms` is empty when a form is drawn for each candidate."""

    class Entry(models.TextChoices):
        ACCOUNT = "account", _("Đăng nhập bằng tài khoản")
        CODE = "code", _("Số báo danh và mã vào thi")

    class Moves(models.TextChoices):
        FREE = "free", _("Thí sinh tự đổi máy được")
        INVIGILATOR = "invigilator", _("Giám thị cho phép mới đổi máy được")

    class Late(models.TextChoices):
        GRACE = "grace", _("Tính nếu đến trong thời gian gia hạn")
        COUNCIL = "council", _("Hội đồng xem xét từng trường hợp")

    class Release(models.TextChoices):
        IMMEDIATE = "immediate", _("Ngay khi nộp bài")
        COUNCIL = "council", _("Khi hội đồng duyệt")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="exams")
    title = models.CharField(_("Tên kỳ thi"), max_length=200)
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="exams")
    forms = models.ManyToManyField(Form, blank=True, related_name="exams")
    cohort = models.ForeignKey(
        Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="exams"
    )
    requirement = models.ForeignKey(
        Requirement, null=True, blank=True, on_delete=models.PROTECT, related_name="exams"
    )
    entry = models.CharField(
        _("Cách vào thi"), max_length=8, choices=Entry.choices, default=Entry.ACCOUNT
    )
    moves = models.CharField(
        _("Đổi máy giữa giờ"), max_length=12, choices=Moves.choices, default=Moves.FREE
    )
    late_policy = models.CharField(
        _("Câu trả lời đến sau giờ"), max_length=8, choices=Late.choices, default=Late.GRACE
    )
    grace_seconds = models.PositiveSmallIntegerField(_("Gia hạn (giây)"), default=120)
    release = models.CharField(
        _("Công bố kết quả"), max_length=10, choices=Release.choices, default=Release.IMMEDIATE
    )
    # Marks of two markers may differ by so much of the item's points before a third marks it.
    difference_percent = models.PositiveSmallIntegerField(
        _("Hai người chấm lệch nhau quá (%) thì chấm lần ba"), default=20
    )
    all_on_one_page = models.BooleanField(_("Hiện tất cả câu hỏi trên một trang"), default=False)
    instructions = models.TextField(_("Hướng dẫn cho thí sinh"), blank=True)
    # Safe Exam Browser: empty lists ask for none.
    seb_config_keys = models.JSONField(default=list, blank=True)
    seb_exam_keys = models.JSONField(default=list, blank=True)
    legal_basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cohort", "requirement"],
                condition=Q(cohort__isnull=False),
                name="exams_exam_once_per_cohort",
            ),
            models.CheckConstraint(
                condition=Q(cohort__isnull=True) | Q(requirement__isnull=False),
                name="exams_exam_of_cohort_has_requirement",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Sitting(models.Model):
    """An exam held in a window. `opens_at` is when the first may start, `last_start_at` when the
    last may (none: until the end), `closes_at` the hard end of all.

    `prepared_at`: attempts are rows and bundles are compiled. `paused_at`: the clock stands for
    everybody. `released_at`: candidates may see their results.
    """

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="sittings")
    title = models.CharField(_("Tên ca thi"), max_length=200, blank=True)
    # Of a series: which quarter ("2026-Q4") and whose wave; a make-up names what it makes up for.
    period = models.CharField(max_length=10, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="sittings"
    )
    makes_up_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="make_ups"
    )
    by_roster = models.BooleanField(
        default=False, help_text="only for those put in as candidates, not for the whole cohort"
    )
    opens_at = models.DateTimeField(_("Mở lúc"))
    last_start_at = models.DateTimeField(_("Bắt đầu muộn nhất"), null=True, blank=True)
    closes_at = models.DateTimeField(_("Đóng lúc"))
    networks = models.JSONField(default=list, blank=True, help_text="CIDR; empty: any")
    bundles = models.ManyToManyField(Bundle, blank=True, related_name="sittings")
    prepared_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="exams_sitting_window"
            ),
            models.CheckConstraint(
                condition=Q(last_start_at__isnull=True)
                | (Q(last_start_at__gte=F("opens_at")) & Q(last_start_at__lte=F("closes_at"))),
                name="exams_sitting_last_start",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["closes_at"], name="exams_sitting_closes"),
        ]

    def __str__(self) -> str:
        return f"sitting {self.pk}"

    @property
    def name(self) -> str:
        return f"{self.exam.title} – {self.title}" if self.title else self.exam.title


class Room(models.Model):
    """Where 20–30 candidates sit; online sittings have none."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("Phòng thi"), max_length=60)
    place = models.CharField(_("Địa điểm"), max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(_("Số chỗ"), default=30)
    networks = models.JSONField(default=list, blank=True, help_text="CIDR; empty: any")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "name"], name="exams_room_name"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="exams_room_seats"),
        ]

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """Somebody's task in a sitting. An invigilator of no room watches them all."""

    class Role(models.TextChoices):
        INVIGILATOR = "invigilator", _("Giám thị")
        MARKER = "marker", _("Người chấm")
        COUNCIL = "council", _("Hội đồng")

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="duties")
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.CASCADE, related_name="duties"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="exam_duties")
    role = models.CharField(max_length=12, choices=Role.choices)
    given_at = models.DateTimeField(default=clock.now)
    given_by_id = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["room", "user", "role"],
                condition=Q(withdrawn_at__isnull=True, room__isnull=False),
                name="exams_duty_once_in_room",
            ),
            models.UniqueConstraint(
                fields=["sitting", "user", "role"],
                condition=Q(withdrawn_at__isnull=True, room__isnull=True),
                name="exams_duty_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.sitting_id}"


class Candidate(models.Model):
    """A person in a sitting. `number` is the số báo danh; `code_hash` the keyed hash of the access
    code. `locked_at`: too many wrong codes; an invigilator unlocks."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="candidates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="candidacies")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="candidates")
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.PROTECT, related_name="candidacies"
    )
    number = models.CharField(max_length=20, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_issued_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="candidates"
    )
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    extra_minutes = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sitting", "person"], name="exams_candidate_once"),
            models.UniqueConstraint(
                fields=["sitting", "number"],
                condition=~Q(number=""),
                name="exams_candidate_number",
            ),
            models.UniqueConstraint(
                fields=["room", "seat"],
                condition=Q(room__isnull=False, seat__isnull=False),
                name="exams_candidate_seat",
            ),
        ]
        indexes: ClassVar = [
            # Of all numbers, empty ones too: SQLite can't tell that a number asked for isn't empty.
            models.Index(fields=["number"], name="exams_candidate_by_number"),
        ]

    def __str__(self) -> str:
        return f"candidate {self.number or self.pk}"

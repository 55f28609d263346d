from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.courses.models import Course
from lantoa.items.models import Blueprint
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit


class Programme(models.Model):
    """What a person must finish, and by which legal basis."""

    class CertificateRule(models.TextChoices):
        NONE = "none", _("Không cấp")
        AUTOMATIC = "automatic", _("Cấp ngay khi hoàn thành")
        APPROVED = "approved", _("Cấp khi được duyệt")

    class Grade(models.TextChoices):
        CONFIRMED = "C", _("Theo văn bản đã đọc")
        SECOND_HAND = "S", _("Theo nguồn thứ cấp, phải đối chiếu văn bản gốc")
        OWN = "O", _("Tự xây dựng")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="programmes")
    code = models.CharField(_("Mã chương trình"), max_length=40, unique=True)
    title = models.CharField(_("Tên chương trình"), max_length=250)
    description = models.TextField(_("Mô tả"), blank=True)
    legal_basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)
    grade = models.CharField(max_length=1, choices=Grade.choices, default=Grade.OWN)
    preset = models.CharField(max_length=60, blank=True)
    hours = models.PositiveSmallIntegerField(_("Số tiết"), default=0)
    certificate_rule = models.CharField(
        _("Cấp giấy chứng nhận"),
        max_length=10,
        choices=CertificateRule.choices,
        default=CertificateRule.AUTOMATIC,
    )
    certificate_title = models.CharField(
        _("Tên giấy chứng nhận"), max_length=120, default="Giấy chứng nhận"
    )
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.title


class Requirement(models.Model):
    """One thing to finish: a course, a final test by a blueprint, or hours of class."""

    class Kind(models.TextChoices):
        COURSE = "course", _("Khóa học")
        EXAM = "exam", _("Bài kiểm tra cuối khóa")
        CLASS = "class", _("Lớp học")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    course = models.ForeignKey(Course, null=True, blank=True, on_delete=models.PROTECT)
    blueprint = models.ForeignKey(Blueprint, null=True, blank=True, on_delete=models.PROTECT)
    # Of hours of class: what they are about, how many tiết, and the share of these to attend.
    title = models.CharField(_("Nội dung lớp học"), max_length=200, blank=True)
    periods = models.PositiveSmallIntegerField(_("Số tiết"), null=True, blank=True)
    attendance = models.PositiveSmallIntegerField(
        _("Phải dự (% số tiết)"), null=True, blank=True, help_text="percent"
    )
    # A part that was passed counts again in a later cohort for so long (TT 03/2014: 12 months).
    kept_months = models.PositiveSmallIntegerField(
        _("Bảo lưu kết quả đạt (tháng)"), null=True, blank=True
    )

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(kind="course") & Q(course__isnull=False) & Q(blueprint__isnull=True))
                | (Q(kind="exam") & Q(blueprint__isnull=False) & Q(course__isnull=True))
                | (
                    Q(kind="class", course__isnull=True, blueprint__isnull=True)
                    & ~Q(title="")
                    & Q(periods__isnull=False, periods__gte=1)
                    & Q(attendance__isnull=False, attendance__gte=1, attendance__lte=100)
                ),
                name="programmes_requirement_of_its_kind",
            ),
            models.UniqueConstraint(
                fields=["programme", "position"], name="programmes_requirement_position"
            ),
            models.UniqueConstraint(
                fields=["programme", "course"], name="programmes_requirement_course_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What people call it."""
        of = self.course or self.blueprint
        return of.title if of is not None else self.title


class Cohort(models.Model):
    """A đợt: people who take a programme in one window."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cohorts")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(_("Tên đợt"), max_length=200)
    opens_on = models.DateField(_("Mở từ ngày"))
    closes_on = models.DateField(_("Đến hết ngày"))
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="programmes_cohort_window"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EnrolmentBatch(models.Model):
    """Everybody put into a cohort at one stroke: who did it, when, by which choice. Undoing it
    withdraws those whom it enrolled and who have not begun."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="batches")
    choice = models.CharField(
        max_length=300, blank=True, help_text="the choice of people, in words"
    )
    enrolled = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)
    not_active = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.cohort_id}: {self.enrolled}"


class Enrolment(models.Model):
    """A person in a cohort. `unit` is the unit they stood in when enrolled, and the one their
    figures count for. The moments are facts reported from below and above, each stamped once."""

    # No index of its own: the two that begin with it serve, and SQLite would prefer the bare one.
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="enrolments", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="enrolments")
    enrolled_at = models.DateTimeField(default=clock.now)
    enrolled_by_id = models.BigIntegerField(null=True)
    batch = models.ForeignKey(
        EnrolmentBatch, null=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    # The person had been enrolled in this programme before (any cohort): only such people can be
    # more than one lượt of a plan, so the counts of persons look twice at them alone.
    repeats = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    certified_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="programmes_enrolment_once",
            ),
            models.CheckConstraint(
                condition=Q(certified_at__isnull=True) | Q(completed_at__isnull=False),
                name="programmes_certified_means_completed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=[
                    "cohort",
                    "withdrawn_at",
                    "unit",
                    "person",
                    "started_at",
                    "completed_at",
                    "certified_at",
                ],
                name="programmes_enrolment_counts",
            ),
            models.Index(
                fields=["person", "withdrawn_at", "cohort", "unit"],
                name="programmes_enrolment_mine",
            ),
            models.Index(
                fields=["cohort", "person"],
                condition=Q(repeats=True),
                name="programmes_enrolment_repeats",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.cohort_id}"


class Outcome(models.Model):
    """How a person did in one requirement: the best result reported, one row per report."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="outcomes")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="outcomes")
    passed = models.BooleanField()
    score = models.PositiveSmallIntegerField(null=True, help_text="percent")
    source = models.CharField(max_length=80, help_text="what reported it, e.g. exams.result:12")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment", "requirement", "source"], name="programmes_outcome_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.requirement_id} {self.passed}"

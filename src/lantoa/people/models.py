from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.files.models import StoredFile
from lantoa.jobs.models import Job
from lantoa.kernel import clock
from lantoa.web.formats import day


class Unit(models.Model):
    """A place in the tree: the country, a province, a commune, or an agency beside and under them.
    Codes are text; an agency may have none. A unit that ended keeps its row (`ended_on` is its
    first day of not being)."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Quốc gia")
        PROVINCE = "province", _("Tỉnh, thành phố")
        DISTRICT = "district", _("Quận, huyện (trước 01/07/2025)")
        COMMUNE = "commune", _("Xã, phường, đặc khu")
        AGENCY = "agency", _("Cơ quan, đơn vị")

    code = models.CharField(_("Mã đơn vị"), max_length=35)
    kind = models.CharField(_("Loại"), max_length=10, choices=Kind.choices)
    prefix = models.CharField(max_length=30, blank=True, help_text="the word before the name")
    name = models.CharField(_("Tên đơn vị"), max_length=200, help_text="with its prefix")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    founded_on = models.DateField(_("Có hiệu lực từ"), null=True, blank=True)
    ended_on = models.DateField(_("Hết hiệu lực từ"), null=True, blank=True)
    # In words, of a unit that ended: "Huyện Định Hóa, Tỉnh Thái Nguyên". Units that ended in a
    # reform, and the former self of a renamed unit, stand outside the tree.
    former_place = models.CharField(_("Trước đây thuộc"), max_length=200, blank=True)
    is_remote = models.BooleanField(_("Vùng sâu, vùng xa"), default=False)
    sort_key = models.CharField(max_length=400)
    search_key = models.CharField(max_length=250)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(ended_on__isnull=True) & ~Q(code=""),
                name="people_unit_code_now",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(ended_on__gt=F("founded_on")),
                name="people_unit_ends_after_start",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["code"], name="people_unit_code"),
            models.Index(fields=["parent", "sort_key"], name="people_unit_children"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitLink(models.Model):
    """The closure of the tree as it is now: one row per unit and each unit it stands under, itself
    included (depth 0). Rights and sums "and everything under it" are one join. A unit that merged
    into another stands under that one, so what was its own goes on being found there."""

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="links_down")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="links_up")
    depth = models.PositiveSmallIntegerField()
    since = models.DateField(null=True, help_text="none: for as long as is known")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ancestor", "unit"], name="people_unitlink_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "depth"], name="people_unitlink_up")]

    def __str__(self) -> str:
        return f"{self.ancestor_id}>{self.unit_id}"


class PastUnitLink(models.Model):
    """A place in the tree that a unit left: `until` is the first day it no longer stood there. With
    the links that hold, the tree of any day (`queries.over_time`)."""

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="past_links_up")
    depth = models.PositiveSmallIntegerField()
    since = models.DateField(null=True)
    until = models.DateField()
    document = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__gt=F("since")),
                name="people_pastunitlink_ends_after_start",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ancestor", "until"], name="people_pastunitlink_down"),
            models.Index(fields=["unit", "until"], name="people_pastunitlink_up"),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id}>{self.unit_id} until {self.until}"


class UnitPredecessor(models.Model):
    """Which unit became (part of) which, and by what document. `renamed`: the same unit under its
    former name, whose row only keeps that name."""

    class How(models.TextChoices):
        RENAMED = "renamed", _("Đổi tên")
        MERGED = "merged", _("Nhập vào")
        SPLIT = "split", _("Tách vào")

    how = models.CharField(max_length=7, choices=How.choices, default=How.MERGED)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="predecessors")
    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    on_date = models.DateField()
    document = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "predecessor"], name="people_predecessor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id}>{self.unit_id}"


class Person(models.Model):
    """Somebody who works for the state. Stays when they leave (`left_on`)."""

    class Sex(models.TextChoices):
        MALE = "male", _("Nam")
        FEMALE = "female", _("Nữ")

    class Category(models.TextChoices):
        OFFICIAL = "official", _("Cán bộ")
        CIVIL_SERVANT = "civil_servant", _("Công chức")
        PUBLIC_EMPLOYEE = "public_employee", _("Viên chức")
        CONTRACT_WORKER = "contract_worker", _("Người lao động")

    class Specialism(models.TextChoices):
        NONE = "none", _("Không chuyên trách")
        PART = "part", _("Bán chuyên trách CNTT, chuyển đổi số")
        FULL = "full", _("Chuyên trách CNTT, chuyển đổi số")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="person",
    )
    family_name = models.CharField(_("Họ"), max_length=40, blank=True)
    middle_name = models.CharField(_("Đệm"), max_length=60, blank=True)
    given_name = models.CharField(_("Tên"), max_length=40)
    sex = models.CharField(_("Giới tính"), max_length=6, choices=Sex.choices, blank=True)
    birth_date = models.DateField(_("Ngày sinh"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("Năm sinh"), null=True, blank=True)
    phone = models.CharField(_("Số điện thoại"), max_length=15, blank=True)
    email = models.EmailField(_("Thư điện tử"), blank=True)
    personal_number_encrypted = models.TextField(blank=True)
    personal_number_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    ethnicity = models.CharField(_("Dân tộc"), max_length=40, blank=True)
    title = models.CharField(_("Chức vụ, chức danh"), max_length=150, blank=True)
    title_key = models.CharField(max_length=150, blank=True, default="", help_text="folded title")
    category = models.CharField(_("Đối tượng"), max_length=16, choices=Category.choices, blank=True)
    is_leader = models.BooleanField(_("Lãnh đạo, quản lý"), default=False)
    specialism = models.CharField(
        _("Chuyên trách"), max_length=6, choices=Specialism.choices, default=Specialism.NONE
    )
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    left_on = models.DateField(_("Thôi việc từ"), null=True, blank=True)
    sort_key = models.CharField(max_length=300)
    search_key = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "sort_key"], name="people_person_unit"),
            models.Index(fields=["phone"], name="people_person_phone"),
            models.Index(fields=["search_key", "birth_date"], name="people_person_match"),
            models.Index(fields=["sort_key", "id"], name="people_person_sorted"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return " ".join(p for p in (self.family_name, self.middle_name, self.given_name) if p)

    @property
    def born(self) -> str:
        """The day of birth, or the year where only that is known, or nothing."""
        return day(self.birth_date) if self.birth_date else str(self.birth_year or "")


class Post(models.Model):
    """A person's post in a unit over time; people hold several and change them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=150, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="people_post_ends_after_start",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-since"], name="people_post_person")]

    def __str__(self) -> str:
        return self.title


class Qualification(models.Model):
    """A degree or diploma in information technology or near it. A person counts once in the
    register's figures: by the highest."""

    class Level(models.IntegerChoices):
        INTERMEDIATE = 1, _("Trung cấp")
        COLLEGE = 2, _("Cao đẳng")
        BACHELOR = 3, _("Đại học")
        MASTER = 4, _("Thạc sĩ")
        DOCTOR = 5, _("Tiến sĩ")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="qualifications")
    level = models.PositiveSmallIntegerField(_("Trình độ"), choices=Level.choices)
    subject = models.CharField(_("Ngành đào tạo"), max_length=150)
    school = models.CharField(_("Nơi cấp"), max_length=150, blank=True)
    year = models.PositiveSmallIntegerField(_("Năm cấp"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "level", "subject"], name="people_qualification_once"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="people_qualification_level"
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__gte=1950, year__lte=2100),
                name="people_qualification_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.subject}"


class RoleGrant(models.Model):
    """A right, given by somebody, for a unit and everything under it, from a day to a day.
    Withdrawing stamps the row; a grant is never deleted."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Quản trị hệ thống")
        COORDINATOR = "coordinator", _("Đầu mối")
        AUTHOR = "author", _("Người soạn khóa học")
        EXAMINER = "examiner", _("Khảo thí")
        LEADER = "leader", _("Lãnh đạo")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_grants"
    )
    role = models.CharField(_("Vai trò"), max_length=16, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="role_grants")
    starts_on = models.DateField(_("Từ ngày"))
    ends_on = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    granted_at = models.DateTimeField(default=clock.now)
    granted_by_id = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="people_grant_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit", "starts_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="people_grant_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "role"], name="people_grant_user")]

    def __str__(self) -> str:
        return f"{self.role} {self.unit_id}"


class RosterImport(models.Model):
    """A roster file that a unit sent, from upload through dry run to applied or undone."""

    class State(models.TextChoices):
        READING = "reading", _("Đang đọc")
        READY = "ready", _("Chờ áp dụng")
        APPLYING = "applying", _("Đang áp dụng")
        APPLIED = "applied", _("Đã áp dụng")
        UNDOING = "undoing", _("Đang hoàn tác")
        UNDONE = "undone", _("Đã hoàn tác")
        REFUSED = "refused", _("Không đọc được")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="roster_imports")
    name = models.CharField(_("Tệp"), max_length=200, blank=True, default="")
    # Without a file: it was refused, and nothing of it is kept.
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    mapping = models.JSONField(
        default=dict,
        help_text="what a coordinator set: sheets (name -> columns, header_row, read, unit), units "
        "(text -> unit id)",
    )
    summary = models.JSONField(default=dict, help_text="counts by state and reason; the sheets")
    refusal = models.CharField(max_length=400, blank=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)
    applied_at = models.DateTimeField(null=True)
    applied_by_id = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-created_at"], name="people_roster_newest")]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class RosterRow(models.Model):
    """What one row of a roster will do, and, once applied, what stood before (for undo)."""

    class State(models.TextChoices):
        NEW = "new", _("Mới")
        CHANGED = "changed", _("Thay đổi")
        SAME = "same", _("Không đổi")
        DOUBTFUL = "doubtful", _("Cần xem lại")
        WRONG = "wrong", _("Sai")

    roster_import = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(default=0, help_text="order in the file, all sheets")
    sheet = models.CharField(max_length=100)
    row_number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    name = models.CharField(max_length=150, blank=True, default="")
    search_key = models.CharField(max_length=150, blank=True, default="")
    values = models.JSONField(default=dict, help_text="as read; the personal number encrypted")
    changes = models.JSONField(default=dict, help_text="field -> [before, after]")
    issues = models.JSONField(default=list)
    codes = models.CharField(max_length=600, blank=True, default="", help_text="of the issues")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    choices = models.JSONField(
        default=dict, help_text="ids of persons and units that may be meant; what must be chosen"
    )
    decision = models.JSONField(default=dict, help_text="what a coordinator decided, who, when")
    before = models.JSONField(null=True)
    accepted = models.BooleanField(default=True, help_text="false: a coordinator leaves it out")
    applied = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["roster_import", "sheet", "row_number"], name="people_rosterrow_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["roster_import", "state"], name="people_rosterrow_state"),
            models.Index(fields=["roster_import", "position"], name="people_rosterrow_order"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.row_number} {self.state}"

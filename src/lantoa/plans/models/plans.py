from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.files.models import StoredFile
from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.programmes.models import Cohort, Programme


class TargetGroup(models.TextChoices):
    """Whom a plan is for, in the words of decisions."""

    LEADERS = "leaders", _("Cán bộ lãnh đạo, quản lý")
    OFFICIALS = "officials", _("Cán bộ")
    CIVIL_SERVANTS = "civil_servants", _("Công chức")
    PUBLIC_EMPLOYEES = "public_employees", _("Viên chức")
    CONTRACT_WORKERS = "contract_workers", _("Người lao động")
    SPECIALISTS = "specialists", _("Chuyên trách CNTT, chuyển đổi số")
    COMMUNE_LEVEL = "commune_level", _("Cán bộ, công chức cấp xã")


class Plan(models.Model):
    """A training plan (kế hoạch) issued by a unit under a decision. A draft is seen only by who
    keeps it; from issue on every change is a version (`PlanStep`), and a closed plan stands."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Bản thảo")
        ISSUED = "issued", _("Đã ban hành")
        CLOSED = "closed", _("Đã kết thúc")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(_("Tên kế hoạch"), max_length=250)
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    decision_number = models.CharField(_("Số quyết định"), max_length=60, blank=True)
    decision_date = models.DateField(_("Ngày quyết định"), null=True, blank=True)
    legal_basis = models.TextField(_("Căn cứ"), blank=True, help_text="one document a line")
    target_groups = models.JSONField(default=list, blank=True)
    document = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    starts_on = models.DateField(_("Từ ngày"))
    ends_on = models.DateField(_("Đến hết ngày"))
    programmes = models.ManyToManyField(Programme, related_name="plans", blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="plans_plan_period"
            ),
            models.UniqueConstraint(
                fields=["unit", "decision_number", "decision_date"],
                condition=~Q(decision_number=""),
                name="plans_plan_decision",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (~Q(decision_number="") & Q(decision_date__isnull=False)),
                name="plans_plan_issued_by_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def bases(self) -> list[str]:
        return [line for line in self.legal_basis.splitlines() if line]

    @property
    def groups(self) -> list[str]:
        return [str(TargetGroup(code).label) for code in self.target_groups]


class PlanBudget(models.Model):
    """Money for a plan from one source, in whole đồng."""

    class Source(models.TextChoices):
        CENTRAL = "central", _("Ngân sách trung ương")
        LOCAL = "local", _("Ngân sách địa phương")
        UNIT = "unit", _("Kinh phí của đơn vị")
        OTHER = "other", _("Nguồn khác")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="budgets")
    source = models.CharField(max_length=7, choices=Source.choices)
    amount = models.PositiveBigIntegerField(_("Số tiền (đồng)"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "source"], name="plans_budget_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.amount}"


class PlanStep(models.Model):
    """What became of a plan, by whom, when and why. Issuing and revising keep the plan as it stood
    then (`content`), as version 1, 2, …"""

    class Kind(models.TextChoices):
        ISSUE = "issue", _("Ban hành")
        REVISE = "revise", _("Điều chỉnh")
        CLOSE = "close", _("Kết thúc")
        REOPEN = "reopen", _("Mở lại")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    version = models.PositiveSmallIntegerField(null=True)
    content = models.JSONField(default=dict)
    reason = models.CharField(_("Lý do"), max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "version"], name="plans_step_version"),
            models.CheckConstraint(
                condition=Q(kind__in=["issue", "revise"], version__isnull=False)
                | Q(kind__in=["close", "reopen"], version__isnull=True),
                name="plans_step_versions",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.plan_id}"


class PlannedCohort(models.Model):
    """A cohort held under a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="planned_cohorts")
    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="planned")

    def __str__(self) -> str:
        return f"{self.plan_id} {self.cohort_id}"

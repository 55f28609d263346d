"""A class's own tests and people's points: each change is kept, what stands beside it."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.classes.models.classes import Member, TrainingClass
from lantoa.kernel import clock

MOST_POINTS = 1000


class ClassTest(models.Model):
    """A test that the class itself holds. Who doesn't pass one that is required doesn't pass."""

    training_class = models.ForeignKey(
        TrainingClass, on_delete=models.PROTECT, related_name="tests"
    )
    name = models.CharField(_("Tên bài kiểm tra"), max_length=100)
    held_on = models.DateField(_("Ngày kiểm tra"), null=True)
    greatest = models.DecimalField(
        _("Điểm tối đa"), max_digits=6, decimal_places=2, default=Decimal(10)
    )
    pass_mark = models.DecimalField(_("Đạt từ"), max_digits=6, decimal_places=2, default=Decimal(5))
    required = models.BooleanField(_("Bắt buộc đạt"), default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["training_class", "name"], name="classes_test_once"),
            models.CheckConstraint(
                condition=Q(greatest__gt=0, greatest__lte=MOST_POINTS), name="classes_test_greatest"
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__gte=0, pass_mark__lte=F("greatest")),
                name="classes_test_pass_mark",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Score(models.Model):
    """What stands: the points of a member in a test; null: taken back."""

    test = models.ForeignKey(ClassTest, on_delete=models.PROTECT, related_name="scores")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="scores")
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["test", "member"], name="classes_score_once"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0), name="classes_score_not_less"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.test_id}: {self.points}"


class ScoreChange(models.Model):
    """One change of a score; only added. `from_file`: brought by a spreadsheet."""

    test = models.ForeignKey(ClassTest, on_delete=models.PROTECT, related_name="changes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="score_changes")
    was = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    from_file = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.member_id} in {self.test_id}: {self.was} to {self.points}"

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Framework(models.Model):
    """A competence framework, skill standard or syllabus as data, with its legal basis."""

    class Grade(models.TextChoices):
        CONFIRMED = "C", "Đọc trong văn bản"
        SECOND_HAND = "S", "Nguồn thứ cấp, phải đối chiếu"
        OWN = "O", "Tự xây dựng"

    code = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=250)
    legal_basis = models.CharField(max_length=300, blank=True)
    grade = models.CharField(max_length=1, choices=Grade.choices, default=Grade.OWN)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="frameworks_valid_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Node(models.Model):
    """A part, domain, competence or topic of a framework; items and modules point here."""

    class Kind(models.TextChoices):
        PART = "part", "Phần"
        DOMAIN = "domain", "Miền"
        COMPETENCE = "competence", "Năng lực thành phần"
        TOPIC = "topic", "Chuyên đề"

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="nodes")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=250)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "code"], name="frameworks_node_code"),
        ]

    def __str__(self) -> str:
        return self.title

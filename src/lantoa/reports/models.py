from typing import ClassVar

from django.db import models

from lantoa.kernel import clock
from lantoa.people.models import Unit


class UnitShape(models.Model):
    """The outline of a unit for maps, loaded by the operator with `lantoa load-shapes`."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="shape")
    # Polygons as rings of [longitude, latitude], simplified when loaded.
    polygons = models.JSONField()
    loaded_at = models.DateTimeField(default=clock.now)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = []

    def __str__(self) -> str:
        return f"shape of {self.unit_id}"

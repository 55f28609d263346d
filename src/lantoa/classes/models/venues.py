from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.people.models import Unit


class Venue(models.Model):
    """Where classes meet: a room, a hall, a place before a bridge's screen (điểm cầu)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="venues")
    name = models.CharField(_("Tên địa điểm"), max_length=150)
    address = models.CharField(_("Địa chỉ"), max_length=200, blank=True)
    seats = models.PositiveIntegerField(_("Số chỗ"), null=True, blank=True)
    # Where coordinates are missing, travel is judged by zones that a coordinator names.
    zone = models.CharField(_("Khu vực"), max_length=40, blank=True)
    latitude = models.FloatField(_("Vĩ độ"), null=True, blank=True)
    longitude = models.FloatField(_("Kinh độ"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "name"], name="classes_venue_once"),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gte=1), name="classes_venue_has_seats"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | (
                    Q(latitude__isnull=False, latitude__gte=-90, latitude__lte=90)
                    & Q(longitude__isnull=False, longitude__gte=-180, longitude__lte=180)
                ),
                name="classes_venue_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

from django.db.models import Model, QuerySet

from lantoa.audit.models import Event


def history_of(row: Model) -> QuerySet[Event]:
    """A row's events, newest first. The caller has authorised the row itself."""
    return Event.objects.filter(object_type=row._meta.label_lower, object_id=str(row.pk)).order_by(
        "-at", "-id"
    )

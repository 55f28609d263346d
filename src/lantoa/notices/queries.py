from django.db.models import Count, QuerySet

from lantoa.accounts.models import User
from lantoa.notices.models import Message, Notice
from lantoa.people.permissions import keeps_system


def notices_of(user: User) -> QuerySet[Notice]:
    """A person's own, newest first; nobody else's exist for them."""
    return Notice.objects.filter(user_id=user.pk).order_by("-created_at", "-pk")


def unread_count(user: User) -> int:
    return Notice.objects.filter(user_id=user.pk, read_at__isnull=True).count()


def messages_for(user: User) -> QuerySet[Message]:
    """Messages hold everybody's addresses: for administrators of everything only."""
    if not keeps_system(user):
        return Message.objects.none()
    return Message.objects.order_by("-created_at", "-pk")


def message_counts(user: User) -> dict[str, int]:
    """How many in each state, and "all"."""
    counted = dict(messages_for(user).order_by().values_list("state").annotate(n=Count("pk")))
    counts = {state: counted.get(state, 0) for state in Message.State.values}
    return {**counts, "all": sum(counts.values())}

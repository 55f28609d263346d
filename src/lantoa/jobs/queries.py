from django.db.models import QuerySet

from lantoa.accounts.models import User
from lantoa.jobs.models import Job


def jobs_of(user: User) -> QuerySet[Job]:
    """A person sees their own jobs; nobody else's exist for them."""
    return Job.objects.filter(owner_id=user.pk).order_by("-created_at")

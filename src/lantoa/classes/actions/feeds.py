from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.models import Feed
from lantoa.classes.rules.feeds import feed_hash
from lantoa.kernel import clock
from lantoa.kernel.ids import new_token


@transaction.atomic
def make_feed(*, actor: User) -> str:
    """A new secret address for the actor's calendar; the one before stops working."""
    token = new_token(16)
    values = {"token_hash": feed_hash(token), "made_at": clock.now()}
    Feed.objects.update_or_create(user=actor, defaults=values)
    record(actor=actor, action="classes.make_feed", on=actor)
    return token

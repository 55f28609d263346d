from lantoa.classes.models import Feed
from lantoa.classes.rules.feeds import feed_hash
from lantoa.people.models import Person


def person_of_feed(token: str) -> Person | None:
    """Whose calendar has this secret address. A closed account's is closed too."""
    found = Feed.objects.filter(token_hash=feed_hash(token), user__closed_at=None).first()
    return Person.objects.filter(user=found.user_id).first() if found else None

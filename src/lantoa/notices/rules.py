from datetime import timedelta

# After the first, second… failed try; then the message has failed for good.
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60))
MAX_TRIES = len(WAITS) + 1
# How long one try may take before another process may take the message over.
CLAIM = timedelta(minutes=5)


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after so many failed tries; None: give up."""
    return WAITS[tries - 1] if 1 <= tries <= len(WAITS) else None

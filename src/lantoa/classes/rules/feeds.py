import hashlib


def feed_hash(token: str) -> str:
    """What is stored of a calendar's secret address: 128 random bits need no key and no salt."""
    return hashlib.sha256(token.encode()).hexdigest()

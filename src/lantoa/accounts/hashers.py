from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """argon2id at 19 MiB, two passes, one lane: what OWASP's password storage sheet asks at least.

    Django's own 100 MiB over eight lanes takes every core of a small server for a fifth of a second
    a sign-in, while an agency of 2.000 signs in from one address (docs/performance.md).
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

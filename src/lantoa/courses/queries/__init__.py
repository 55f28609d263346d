"""Reads, each authorised by its own first line; what is out of reach answers 404.

`learning_of(person)` is for the domains above.
"""

from lantoa.courses.queries.learning import Learning, ModuleProgress, learning_of

__all__ = ["Learning", "ModuleProgress", "learning_of"]

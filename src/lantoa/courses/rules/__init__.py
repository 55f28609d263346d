"""Decisions about courses that need no database and no clock."""


class NotPossible(Exception):
    """What was asked cannot be done now; `message` is the sentence why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

"""Files that belong to an item beside its text. Between two showings of a form a signed note stands
for the file, so that it is sent once and nobody names another's."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer

_signer = Signer(salt="lantoa.items.kept_files")


@dataclass(frozen=True)
class Kept:
    file: str
    name: str
    width: int = 0
    height: int = 0

    @property
    def note(self) -> str:
        return _signer.sign_object([self.file, self.name, self.width, self.height])


def read_note(note: str) -> Kept | None:
    """None when it was forged or altered."""
    try:
        return Kept(*_signer.unsign_object(note))
    except (BadSignature, ValueError, TypeError):
        return None


def public_id(value: Any) -> str:
    """A file's public id in its one form; empty when it is none."""
    try:
        return str(UUID(str(value)))
    except ValueError:
        return ""

"""Time-ordered ids (RFC 9562, version 7): rows written together lie together in an index."""

import secrets
from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    return uuid7()


def new_token(length_bytes: int = 16) -> str:
    """An unguessable URL-safe token; 16 bytes are 128 bits."""
    return secrets.token_urlsafe(length_bytes)

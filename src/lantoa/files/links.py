"""Short-lived links to a stored file. Whoever makes one has authorised the reader; the link itself
carries all that serving needs, so that no request for bytes touches the database."""

from dataclasses import dataclass
from urllib.parse import quote

from django.core.signing import BadSignature, Signer

from lantoa.files.models import StoredFile
from lantoa.files.rules import INLINE_TYPES
from lantoa.kernel import clock

PREFIX = "/files/m/"
LIFETIME = 2 * 3600
# Links made within the same half hour are one address: the browser's cache of a video holds.
STEP = 1800
DAY = 24 * 3600
_signer = Signer(salt="lantoa.files.links")


@dataclass(frozen=True)
class Link:
    sha256: str
    media_type: str
    name: str
    inline: bool

    @property
    def path(self) -> str:
        return f"{self.sha256[:2]}/{self.sha256}"


def signed_url(stored: StoredFile, *, download: bool = False) -> str:
    """An address of the file good for 2 to 2½ hours. Video and images show in the page, everything
    else (and everything with `download`) is saved."""
    return _url(stored, (int(clock.now().timestamp()) // STEP + 1) * STEP + LIFETIME, download)


def lasting_url(stored: StoredFile, *, download: bool = False) -> str:
    """An address good for two to three days, the same for everyone the whole day: for pages that
    are rendered once and kept for hours."""
    return _url(stored, (today() + 3) * DAY, download)


def today() -> int:
    """Changes when the addresses that `lasting_url` gives do."""
    return int(clock.now().timestamp()) // DAY


def _url(stored: StoredFile, until: int, download: bool) -> str:
    inline = stored.media_type in INLINE_TYPES and not download
    token = _signer.sign_object([stored.sha256, stored.media_type, stored.name, int(inline), until])
    return f"{PREFIX}{token}/{quote(stored.name)}"


def read_link(token: str) -> Link | None:
    """What a link says, or None when it was forged, altered or has expired."""
    try:
        sha256, media_type, name, inline, until = _signer.unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        return None
    if clock.now().timestamp() > until:
        return None
    return Link(sha256, media_type, name, bool(inline))

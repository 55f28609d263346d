"""Pure checks of what an operator may set."""

import hashlib
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit


def is_https_url(url: str) -> bool:
    """A gateway is spoken to over https only, by name or public address, without credentials in it.

    Addresses of this machine and of private networks are refused: a settings page must not become
    a way to reach what stands behind the firewall. Redirects are refused where the request is made.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname
    if parts.scheme != "https" or not host or parts.username or parts.password or port == 0:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        address = ip_address(host)
    except ValueError:
        return True
    return address.is_global


def is_conference_url(url: str) -> bool:
    """A conference server is spoken to over https, also within the agency's own network, where such
    servers stand; over http only on this machine. Never at an address without a name of its own
    (link-local: cloud metadata stands there), nor with credentials or a query in the address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname
    if not host or parts.username or parts.password or port == 0 or parts.query or parts.fragment:
        return False
    try:
        address = ip_address(host)
    except ValueError:
        return parts.scheme == "https" or (parts.scheme == "http" and host == "localhost")
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and address.is_loopback)


def api_of(url: str) -> str:
    """The address of the API, however much of it was typed: the server's own tool prints it without
    its last part."""
    base = url.rstrip("/")
    if base.endswith("/api"):
        return base
    return f"{base}/api" if urlsplit(base).path else f"{base}/bigbluebutton/api"


def signed(call: str, values: Mapping[str, str], secret: str) -> str:
    """The query of a call, with its checksum: SHA-256 of the call's name, the query and the secret,
    one after the other."""
    query = urlencode(values)
    checksum = hashlib.sha256(f"{call}{query}{secret}".encode()).hexdigest()
    return f"{query}&checksum={checksum}" if query else f"checksum={checksum}"

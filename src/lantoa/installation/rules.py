"""Pure checks of what an operator may set."""

from ipaddress import ip_address
from urllib.parse import urlsplit


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

"""From where one may sit: networks, and Safe Exam Browser's keys. Pure."""

import hashlib
import hmac
from collections.abc import Sequence
from ipaddress import ip_address, ip_network


def bad_network(text: str) -> bool:
    """Whether a line isn't a network in CIDR form."""
    try:
        ip_network(text.strip(), strict=False)
    except ValueError:
        return True
    return False


def is_within(address: str, networks: Sequence[str]) -> bool:
    """No networks: from anywhere. IPv4 in IPv6's clothes counts as IPv4."""
    if not networks:
        return True
    try:
        asked = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(asked, "ipv4_mapped", None)
    if mapped is not None:
        asked = mapped
    return any(asked in ip_network(network.strip(), strict=False) for network in networks)


def seb_hash(url: str, key: str) -> str:
    """What Safe Exam Browser sends for a page: SHA-256 of its address and the key (SEB's
    documentation, "Config Key" and "Browser Exam Key"; the address without its fragment)."""
    return hashlib.sha256((url.split("#")[0] + key.strip()).encode()).hexdigest()


def seb_admits(urls: Sequence[str], keys: Sequence[str], sent: str) -> bool:
    """No keys: not asked for. Requests that a page makes carry the hash of the page's address."""
    if not keys:
        return True
    given = sent.strip().lower()
    return any(hmac.compare_digest(seb_hash(url, key), given) for url in urls for key in keys)

import ipaddress

from django.conf import settings

from lantoa.kernel import clock
from lantoa.kernel.secrets import keyed_hash
from lantoa.providers.models import ProviderKey

TOKEN = "provider-key"  # noqa: S105 - the purpose, not a token


def token_hash(token: str) -> str:
    return keyed_hash(settings.SECRET_KEY, TOKEN, token)


def key_of(token: str, address: str) -> ProviderKey | None:
    """The key that this token is, when it opens today and from this address."""
    found = (
        ProviderKey.objects.filter(
            token_hash=token_hash(token),
            withdrawn_at=None,
            expires_on__gte=clock.today(),
            provider__ended_at=None,
        )
        .select_related("provider")
        .first()
    )
    return found if found is not None and _comes_from(found.addresses, address) else None


def _comes_from(addresses: str, address: str) -> bool:
    if not addresses:
        return True
    try:
        came = ipaddress.ip_address(address)
    except ValueError:
        return False
    networks = (ipaddress.ip_network(one.strip(), strict=False) for one in addresses.split(","))
    return any(came in network for network in networks)

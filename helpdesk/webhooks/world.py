"""The hosts that webhooks may reach: the public internet, and what the operator names beside it.

An SMS gateway often stands in the operator's own network. Only settings open that way, never
somebody who enters an endpoint (decision 0080).
"""

import ipaddress
import ssl
from functools import lru_cache

from django.conf import settings

from helpdesk.fetching.addresses import IPAddress, is_public
from helpdesk.fetching.fetching import Fetcher
from helpdesk.fetching.targets import PORTS


def fetcher() -> Fetcher:
    """Return what posts for us, as the settings stand."""
    return Fetcher(may_reach=_may_reach, ports=ports(), trust=_trust(settings.WEBHOOK_CA_FILE))


def ports() -> frozenset[int]:
    return PORTS | frozenset(settings.WEBHOOK_PORTS)


def _may_reach(address: IPAddress) -> bool:
    inside = (ipaddress.ip_network(network) for network in settings.WEBHOOK_NETWORKS)
    return is_public(address) or any(address in network for network in inside)


@lru_cache(maxsize=4)
def _trust(ca_file: str) -> ssl.SSLContext | None:
    """The usual certificates, and with `ca_file` those of the operator's own authority."""
    if not ca_file:
        return None
    trust = ssl.create_default_context()
    trust.load_verify_locations(cafile=ca_file)
    return trust

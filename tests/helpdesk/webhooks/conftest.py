"""Two endpoints at one receiver: one of ours, one of Acme's."""

import pytest

from helpdesk.people.models import Organisation
from helpdesk.webhooks import endpoints
from helpdesk.webhooks.models import Endpoint
from tests.tls_host import RECEIVER, Host


@pytest.fixture
def ours(receiver: Host, db: None) -> Endpoint:
    url = f"https://{RECEIVER}:{receiver.port}/ours"
    return endpoints.create("Ours", url, audience="agents", listens_to=["case.*"])[0]


@pytest.fixture
def acmes(receiver: Host, acme: Organisation) -> Endpoint:
    url = f"https://{RECEIVER}:{receiver.port}/acme"
    return endpoints.create("Acme's", url, organisation=acme, listens_to=["case.*"])[0]

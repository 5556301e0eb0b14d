"""Other software hears of notices like of everything else."""

import json

import pytest

from helpdesk.journal.models import Entry
from helpdesk.webhooks import endpoints
from helpdesk.webhooks.queueing import enqueue
from knowledgebase.notices import webhook_facts
from tests.knowledgebase.notices.board import incident

pytestmark = pytest.mark.django_db


def test_an_endpoint_that_listens_to_notices_is_told_of_each() -> None:
    endpoint, _ = endpoints.create("Wall", "https://wall.example/in", listens_to=["notice.*"])
    notice = incident()
    enqueue(Entry.objects.get(kind="notice.posted"))
    subject = json.loads(endpoint.deliveries.get().body)["data"]["subject"]
    assert (subject["id"], subject["title"], subject["impact"], subject["state"]) == (
        notice.pk,
        "Reports are slow",
        "degraded",
        "investigating",
    )


def test_of_a_notice_that_is_gone_nothing_is_said() -> None:
    assert webhook_facts.facts(1, is_ours=True) is None

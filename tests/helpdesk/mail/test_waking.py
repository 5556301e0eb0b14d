"""A broker that is away or hangs holds nobody up (security.md R5, R6, R27)."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery
from django.db import transaction

from helpdesk.mail.tasks import process_inbound
from helpdesk.mail.waking import Bell, wake


@pytest.fixture
def hanging_broker() -> Iterator[str]:
    """A server that accepts connections and then says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def a_task(broker: str) -> Any:
    app = Celery("elsewhere", broker=broker, set_as_current=False)
    app.conf.update(broker_transport_options={"socket_timeout": 5})
    return app.task(name="elsewhere.nothing")(nothing)


def nothing() -> None:
    """A task that nobody carries out."""


@pytest.mark.parametrize("broker", ["redis://127.0.0.1:1/0", "hanging"])
def test_a_broker_out_of_reach_raises_nothing_and_takes_less_than_a_second(
    broker: str, hanging_broker: str
) -> None:
    task = a_task(hanging_broker if broker == "hanging" else broker)
    started = time.monotonic()
    Bell().ring(task)
    assert time.monotonic() - started < 1


def test_after_a_failure_nobody_waits_for_a_while(hanging_broker: str) -> None:
    bell, task = Bell(), a_task(hanging_broker)
    bell.ring(task)
    started = time.monotonic()
    for _ in range(100):
        bell.ring(task)
    assert time.monotonic() - started < 0.05


def test_a_wake_up_reaches_the_broker(db: None) -> None:
    with process_inbound.app.connection_for_read() as connection:
        queue = connection.SimpleQueue("celery")
        queue.clear()
        Bell().ring(process_inbound, 42)
        message = queue.get(timeout=5)
        message.ack()
    assert message.headers["task"] == "helpdesk.mail.tasks.process_inbound"
    assert message.payload[0] == [42]


@pytest.mark.django_db(transaction=True)
def test_nobody_is_woken_before_the_commit() -> None:
    with process_inbound.app.connection_for_read() as connection:
        queue = connection.SimpleQueue("celery")
        queue.clear()
        with transaction.atomic():
            wake(process_inbound, 1)
            with pytest.raises(queue.Empty):
                queue.get_nowait()
        assert queue.get(timeout=5).payload[0] == [1]

"""Waking a worker. A wake-up that gets lost costs seconds, never a mail: sweeps find the rows."""

import threading
import time
from typing import Any

import structlog
from celery import Task
from django.db import transaction
from kombu import Connection
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 0.4
REST_SECONDS = 5.0


class Bell:
    """Publishes tasks with little patience, and rests after a failure.

    A broker that is down refuses at once, but one that hangs would take the socket's time-out
    from every caller. So one caller waits `PATIENCE_SECONDS`, and nobody tries again for
    `REST_SECONDS`. Connections are per thread: kombu's may not be shared.
    """

    def __init__(self) -> None:
        self._resting_until = 0.0
        self._own = threading.local()

    def ring(self, task: "Task[..., Any]", *args: object) -> None:
        if time.monotonic() < self._resting_until:
            return
        try:
            with task.app.amqp.Producer(self._connection(task)) as producer:
                task.apply_async(args=args, producer=producer, retry=False)
        except (OperationalError, OSError) as error:
            self._resting_until = time.monotonic() + REST_SECONDS
            self._forget_connection()
            log.warning("mail.broker_away", task=task.name, error=str(error))

    def _connection(self, task: "Task[..., Any]") -> Connection:
        connection = getattr(self._own, "connection", None)
        if connection is None:
            options = dict(task.app.conf.broker_transport_options)
            options |= {
                "socket_timeout": PATIENCE_SECONDS,
                "socket_connect_timeout": PATIENCE_SECONDS,
                "max_retries": 0,
            }
            connection = task.app.connection_for_write(
                connect_timeout=PATIENCE_SECONDS, transport_options=options
            )
            self._own.connection = connection
        return connection

    def _forget_connection(self) -> None:
        connection = self._own.__dict__.pop("connection", None)
        if connection is not None:
            connection.release()


_bell = Bell()


def wake(task: "Task[..., Any]", *args: object) -> None:
    """Start `task` once the running transaction is committed; never raises, never takes long."""
    transaction.on_commit(lambda: _bell.ring(task, *args))

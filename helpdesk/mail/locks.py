"""Locks with a name, held to the end of the transaction or for as long as the worker lives."""

from django.db import connection


def lock_until_commit(name: str) -> None:
    """Wait until no other transaction holds the lock called `name`, then hold it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def hold(name: str) -> bool:
    """Hold the lock called `name` until `let_go`; return False when another worker holds it.

    The database lets go by itself when the worker dies, or its connection does.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        (is_held,) = cursor.fetchone()
    return bool(is_held)


def let_go(name: str) -> None:
    """Let go of a lock that this worker holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])

"""Locks with a name, held to the end of the transaction."""

from django.db import connection


def lock_until_commit(name: str) -> None:
    """Wait until no other transaction holds the lock called `name`, then hold it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])

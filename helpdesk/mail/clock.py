"""The one clock: that of the database, whatever the machines of the workers show."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """Return the time of the database, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        (now,) = cursor.fetchone()
    assert isinstance(now, datetime)  # noqa: S101 - that is what the query is for
    return now

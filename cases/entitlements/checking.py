"""Proving that the ledger adds up: every balance against the postings that it stands for."""

from django.db import connection, transaction

_GRANTS = """
    SELECT 'grant ' || g.id, kept.account, column_value, coalesce(sum(p.minutes), 0) * sign
    FROM entitlements_grant g
    CROSS JOIN LATERAL (VALUES ('issued', g.issued, -1), ('available', g.available, 1),
        ('held', g.held, 1), ('used', g.used, 1), ('expired', g.expired, 1))
        AS kept (account, column_value, sign)
    LEFT JOIN entitlements_posting p ON p.grant_id = g.id AND p.account = kept.account
    GROUP BY g.id, kept.account, column_value, sign
    HAVING column_value <> coalesce(sum(p.minutes), 0) * sign
"""
_BOOKS = """
    SELECT 'book of organisation ' || b.organisation_id, account, column_value, coalesce(total, 0)
    FROM entitlements_book b
    LEFT JOIN (
        SELECT organisation_id, sum(available) AS available, sum(held) AS held,
            sum(used) AS used, sum(expired) AS expired
        FROM entitlements_grant GROUP BY organisation_id
    ) g USING (organisation_id)
    CROSS JOIN LATERAL (VALUES ('available', b.available, g.available), ('held', b.held, g.held),
        ('used', b.used, g.used), ('expired', b.expired, g.expired))
        AS kept (account, column_value, total)
    WHERE column_value <> coalesce(total, 0)
"""
_MOVEMENTS = """
    SELECT 'movement ' || m.id, 'sum of its postings', 0, sum(p.minutes)
    FROM entitlements_movement m JOIN entitlements_posting p ON p.movement_id = m.id
    GROUP BY m.id, p.grant_id HAVING sum(p.minutes) <> 0
"""
_AMOUNTS = """
    SELECT 'movement ' || m.id, 'minutes', m.minutes,
        coalesce((SELECT sum(p.minutes) FROM entitlements_posting p
                  WHERE p.movement_id = m.id AND p.minutes > 0), 0)
    FROM entitlements_movement m
    WHERE m.minutes <> coalesce((SELECT sum(p.minutes) FROM entitlements_posting p
                                 WHERE p.movement_id = m.id AND p.minutes > 0), 0)
"""
_RUNNING = """
    SELECT 'movement ' || id, 'available afterwards', available_after, running FROM (
        SELECT id, available_after,
            sum(change) OVER (PARTITION BY organisation_id ORDER BY id) AS running
        FROM entitlements_movement
    ) AS told WHERE available_after <> running
"""
_CHECKS = (_MOVEMENTS, _AMOUNTS, _GRANTS, _BOOKS, _RUNNING)

# Within these statements the database lets balances be set; see migration 0002.
_ALLOW = "SET LOCAL entitlements.rebuilding = 'on'"
_FIX_GRANTS = """
    UPDATE entitlements_grant g SET issued = s.issued, available = s.available, held = s.held,
        used = s.used, expired = s.expired
    FROM (
        SELECT g.id, -coalesce(sum(minutes) FILTER (WHERE account = 'issued'), 0) AS issued,
            coalesce(sum(minutes) FILTER (WHERE account = 'available'), 0) AS available,
            coalesce(sum(minutes) FILTER (WHERE account = 'held'), 0) AS held,
            coalesce(sum(minutes) FILTER (WHERE account = 'used'), 0) AS used,
            coalesce(sum(minutes) FILTER (WHERE account = 'expired'), 0) AS expired
        FROM entitlements_grant g LEFT JOIN entitlements_posting p ON p.grant_id = g.id
        GROUP BY g.id
    ) s WHERE s.id = g.id
"""
_FIX_BOOKS = """
    UPDATE entitlements_book b SET available = s.available, held = s.held, used = s.used,
        expired = s.expired
    FROM (
        SELECT b.organisation_id, coalesce(sum(g.available), 0) AS available,
            coalesce(sum(g.held), 0) AS held, coalesce(sum(g.used), 0) AS used,
            coalesce(sum(g.expired), 0) AS expired
        FROM entitlements_book b LEFT JOIN entitlements_grant g USING (organisation_id)
        GROUP BY b.organisation_id
    ) s WHERE s.organisation_id = b.organisation_id
"""


@transaction.atomic
def differences() -> list[str]:
    """One sentence for each number that does not agree with its postings; none on a sound desk.

    All checks see the same moment, so a desk in use may be checked.
    """
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for check in _CHECKS:
            cursor.execute(check)
            found += [
                f"{where}: {what} is {kept}, the postings say {told}"
                for where, what, kept, told in cursor.fetchall()
            ]
    return found


@transaction.atomic
def rebuild() -> None:
    """Write on grants and books what their postings say. The movements themselves never change."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE entitlements_book, entitlements_grant IN EXCLUSIVE MODE")
        cursor.execute(_ALLOW)
        cursor.execute(_FIX_GRANTS)
        cursor.execute(_FIX_BOOKS)

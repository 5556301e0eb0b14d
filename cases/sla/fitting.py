"""The policies that fit a case, with their targets and calendars, in one statement.

Written by hand, since every message asks for it: composing it anew by the ORM took ten times
as long as the database needs to answer.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from cases.sla.models import SlaPolicy, SlaTarget
from helpdesk.calendars.models import Calendar, CalendarVersion
from helpdesk.people.models import Organisation


class FittingTarget(NamedTuple):
    """A target of a policy that fits, or the policy alone if it has none (`metric` is None).

    `rank` orders policies, lowest first: the organisation's own, its package's, the type's, the
    region's, then by position. `version_id` is the newest of the calendar that the target is
    counted on.
    """

    rank: tuple[bool, bool, bool, bool, int, int]
    policy_id: int
    policy_name: str
    priority: str
    pauses_while_waiting: bool
    pauses_on_hold: bool
    metric: str | None
    amount: int
    unit: str
    calendar_id: int
    version_id: int | None


def fitting_targets(
    priorities: Collection[str],
    *,
    organisation_id: int | None,
    type: str,  # noqa: A002
    at: datetime,
) -> list[FittingTarget]:
    """Every target of every active policy that fits at `at`.

    The calendar is the target's, else the policy's, else that of the client's region, else the
    office's (`sla.md` rule 3.6).
    """
    values = {
        "priorities": list(priorities),
        "organisation": organisation_id,
        "type": type,
        "at": at,
        "office_hours": Calendar.Purpose.OFFICE,
        "office": settings.OFFICE_CALENDAR,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FITTING, values)
        return [FittingTarget(tuple(row[:6]), *row[6:]) for row in cursor.fetchall()]


_FITTING = f"""
    SELECT policy.organisation_id IS NULL, policy.package_id IS NULL, policy.type = '',
        policy.region_id IS NULL,
        policy.position, policy.id,
        policy.id, policy.name, policy.priority, policy.pauses_while_waiting, policy.pauses_on_hold,
        target.metric, target.amount, target.unit, calendar.id, version.id
    FROM {SlaPolicy._meta.db_table} AS policy
    LEFT JOIN {Organisation._meta.db_table} AS client ON client.id = %(organisation)s
    LEFT JOIN {SlaTarget._meta.db_table} AS target ON target.policy_id = policy.id
    CROSS JOIN LATERAL (SELECT coalesce(
        target.calendar_id,
        policy.calendar_id,
        (SELECT min(id) FROM {Calendar._meta.db_table}
            WHERE purpose = %(office_hours)s AND region_id = client.region_id),
        (SELECT id FROM {Calendar._meta.db_table} WHERE slug = %(office)s)
    ) AS id) AS calendar
    LEFT JOIN LATERAL (
        SELECT id FROM {CalendarVersion._meta.db_table}
        WHERE calendar_id = calendar.id ORDER BY number DESC LIMIT 1
    ) AS version ON true
    WHERE policy.is_active
        AND policy.priority = ANY(%(priorities)s)
        AND (policy.organisation_id IS NULL OR policy.organisation_id = client.id)
        AND (policy.package_id IS NULL OR EXISTS (
            SELECT FROM entitlements_entitlement AS held
            WHERE held.organisation_id = client.id AND held.package_id = policy.package_id
                AND held.starts_at <= %(at)s AND (held.ends_at IS NULL OR held.ends_at > %(at)s)))
        AND (policy.type = '' OR policy.type = %(type)s)
        AND (policy.region_id IS NULL OR policy.region_id = client.region_id)
"""  # noqa: S608 (the tables' own names)

"""Until when people may answer, in business days of the office that serves them."""

from dataclasses import dataclass

from cases.defects.campaigns.models import DefectPolicy


@dataclass(frozen=True, slots=True)
class Terms:
    """What an organisation is given, in business days."""

    answer_days: int
    notice_days: int


def terms_of(organisation_id: int | None) -> Terms:
    """The organisation's own policy, else everybody's, else the shipped one."""
    rows = {
        row.organisation_id: row
        for row in DefectPolicy.objects.filter(organisation__in=[organisation_id])
        | DefectPolicy.objects.filter(organisation=None)
    }
    policy = rows.get(organisation_id) or rows.get(None) or DefectPolicy()
    return Terms(policy.answer_days, policy.notice_days)

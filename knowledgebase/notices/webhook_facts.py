"""What other software is told of a notice: all of it is public."""

from typing import Any

from django.conf import settings

from knowledgebase.notices.models import Notice
from knowledgebase.notices.snapshot import for_showing, shown_of


def facts(subject_id: int, *, is_ours: bool) -> dict[str, Any] | None:
    """The notice as a webhook tells it, the same to everybody; None when it is gone."""
    found = [shown_of(one) for one in for_showing(Notice.objects.filter(pk=subject_id))]
    if not found:
        return None
    notice = found[0]
    return {
        "id": notice.pk,
        "kind": notice.kind.value,
        "state": notice.state.value,
        "impact": notice.impact.name.lower(),
        "title": notice.title,
        "text": notice.updates[0].text if notice.updates else "",
        "products": list(notice.products),
        "regions": list(notice.regions),
        "starts_at": notice.starts_at.isoformat(),
        "ends_at": notice.ends_at.isoformat() if notice.ends_at else None,
        "ended_at": notice.ended_at.isoformat() if notice.ended_at else None,
        "url": f"{settings.SITE_URL}{notice.url}",
    }

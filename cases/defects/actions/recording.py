"""Recording a defect and changing what is written of it."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.actions.refusing import Refused
from cases.defects import access, kinds, words
from cases.defects.actions.holding import held
from cases.defects.models import Defect, Severity
from cases.defects.news import tell
from helpdesk.people.actors import Actor

PUBLIC = ("title", "severity", "component", "affected_versions", "workaround", "public_text")
_NAMES = {
    "title": "the title",
    "severity": "the severity",
    "component": "the component",
    "affected_versions": "the affected versions",
    "workaround": "the workaround",
    "public_text": "the public text",
    "internal_notes": "the internal notes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is written of a defect. Clients read all but the notes."""

    title: str
    severity: int = Severity.MINOR
    component: str = ""
    affected_versions: str = ""
    workaround: str = ""
    public_text: str = ""
    internal_notes: str = ""


@transaction.atomic
def record(report: Report, *, by: Actor, at: datetime | None = None) -> Defect:
    """Record a new defect; it gets its number at once. Raises Refused with a sentence."""
    if not access.is_ours(by):
        raise Refused("Only our own people record defects.")
    _check(report)
    moment = at or timezone.now()
    defect = Defect.objects.create(
        **_values(report),
        logged_by=by.label[:200],
        created_at=moment,
        updated_at=moment,
        state_since=moment,
    )
    defect.refresh_from_db(fields=["number"])
    words.index(defect)
    tell(kinds.LOGGED, defect, by=by, at=moment, severity=defect.severity)
    return defect


@transaction.atomic
def rewrite(
    defect: Defect,
    report: Report,
    *,
    by: Actor,
    seen_version: int | None = None,
    at: datetime | None = None,
) -> Defect:
    """Change what is written. Raises DefectChanged, or Refused with a sentence."""
    locked = held(defect, by=by, seen_version=seen_version)
    _check(report)
    moment = at or timezone.now()
    values = _values(report)
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, values[name])
    locked.version += 1
    locked.updated_at = moment
    locked.save(update_fields=[*changed, "version", "updated_at"])
    words.index(locked)
    what = ", ".join(_NAMES[name] for name in changed)
    tell(kinds.EDITED, locked, by=by, at=moment, what=what, fields=changed)
    if set(changed) & set(PUBLIC):
        tell(kinds.EXPLAINED, locked, by=by, at=moment, fields=sorted(set(changed) & set(PUBLIC)))
    return locked


def report_of(defect: Defect) -> Report:
    """What is written of it now."""
    return Report(**{field.name: getattr(defect, field.name) for field in fields(Report)})


def _check(report: Report) -> None:
    if not report.title.strip():
        raise Refused("Give the defect a title: what is wrong, in a few words.")
    if report.severity not in Severity.values:
        raise Refused("Choose one of the four severities.")


def _values(report: Report) -> dict[str, object]:
    values = {field.name: getattr(report, field.name) for field in fields(Report)}
    values["title"] = " ".join(report.title.split())[:200]
    return values

"""Three defects of the demo: one to be scheduled, one whose mails wait, one that is out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.defects.actions import attaching, moving, recording
from cases.defects.actions.recording import Report
from cases.defects.campaigns import sending
from cases.defects.lifecycle import Move
from cases.defects.models import Defect
from cases.models import Case
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

MOST_CASES = 12


@dataclass(frozen=True, slots=True)
class Story:
    """A defect, the cases that it caused (by words of their subject), and how far it is."""

    report: Report
    subject: str
    moves: tuple[Move, ...]
    version: str
    begun_days_ago: int


STORIES = (
    Story(
        Report(
            title="App closes when the camera is opened",
            severity=2,
            component="Mobile app",
            affected_versions="7.3.0, 7.3.1",
            public_text="On Android 16 the app closes as soon as the camera is opened to scan.",
            workaround="Type the number of the parcel instead of scanning it.",
            internal_notes="Permission dialog is shown from a dead activity.",
        ),
        "App closes",
        (Move.CONFIRM, Move.SCHEDULE, Move.FIX, Move.RELEASE),
        "7.3.2",
        9,
    ),
    Story(
        Report(
            title="Webhooks are delivered twice",
            severity=2,
            component="Integrations",
            affected_versions="5.1",
            public_text="A slow answer of your endpoint makes us deliver the same event again.",
            workaround="Drop events whose id you have seen.",
            internal_notes="Retry fires at 800 ms, their endpoint answers in 900.",
        ),
        "Webhook deliveries",
        (Move.CONFIRM, Move.SCHEDULE),
        "5.2",
        2,
    ),
    Story(
        Report(
            title="Monthly report shows last month’s figures",
            severity=3,
            component="Reports",
            affected_versions="5.1",
            public_text="The report is read from a cache that is not emptied at the change of "
            "month.",
            workaround="Reload the page with Shift held.",
            internal_notes="Cache key lacks the month.",
        ),
        "Monthly report",
        (Move.CONFIRM,),
        "",
        1,
    ),
)


def make_defects(people: dict[str, Person], *, now: datetime) -> None:
    """Play the stories through the ordinary doors; the newest campaign waits for an agent."""
    by = Actor.of(people["ada"])
    for story in STORIES:
        begun = now - timedelta(days=story.begun_days_ago)
        defect = recording.record(story.report, by=by, at=begun)
        cases = Case.objects.filter(subject__startswith=story.subject, created_at__lt=begun)
        attaching.attach(defect, cases.order_by("-pk")[:MOST_CASES], by=by, at=begun)
        _move(defect, story, by=by, since=begun, now=now)


def _move(defect: Defect, story: Story, *, by: Actor, since: datetime, now: datetime) -> None:
    pace = (now - since) / (len(story.moves) + 1)
    for place, name in enumerate(story.moves, start=1):
        is_newest = name == Move.SCHEDULE and story.moves[-1] == Move.SCHEDULE
        at = now if is_newest else since + place * pace
        moving.move(defect, name, by=by, at=at, fixed_version=story.version)
        if not is_newest:
            sending.sweep(now=at + timedelta(hours=1))

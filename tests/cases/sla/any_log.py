"""Any log of events, for properties."""

from datetime import timedelta

from hypothesis import strategies as st

from cases.sla.reckoning import Event, EventKind
from tests.cases.sla.logs import ALWAYS, OFFICE, OFFICE_WITHOUT_WEDNESDAY, on

BEGIN = on("Mon 00:00")
TWO_WEEKS = 14 * 86_400
CALENDARS = st.sampled_from([OFFICE, ALWAYS, OFFICE_WITHOUT_WEDNESDAY])
TARGETS = st.integers(1, 40 * 3_600)
INSTANTS = st.integers(1, TWO_WEEKS).map(lambda seconds: BEGIN + timedelta(seconds=seconds))
KINDS = st.sampled_from([kind for kind in EventKind if kind != EventKind.START])


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """A start, then anything at any time, recorded in any order."""
    start = Event(
        kind=EventKind.START, at=BEGIN, target_seconds=draw(TARGETS), calendar=draw(CALENDARS)
    )
    later = st.builds(
        Event,
        kind=KINDS,
        at=INSTANTS,
        target_seconds=TARGETS,
        calendar=CALENDARS,
        reopens=st.booleans(),
    )
    return [start, *draw(st.lists(later, max_size=7, unique_by=lambda event: event.at))]

"""The news that training can make."""

from helpdesk.journal.kinds import Audience, declare

SUBJECT = "training"

PLANNED = declare(
    "training.planned", "{by} planned “{title}”.", audience=Audience.AGENTS, icon="calendar"
)
CHANGED = declare(
    "training.changed", "{by} changed “{title}”.", audience=Audience.AGENTS, icon="pencil"
)
CANCELLED = declare(
    "training.cancelled", "{by} cancelled “{title}”.", audience=Audience.AGENTS, icon="calendar-x"
)
REGISTERED = declare(
    "training.registered", "{person} registered.", audience=Audience.AGENTS, icon="user-plus"
)
WAITING = declare(
    "training.waiting", "{person} is on the waiting list.", audience=Audience.AGENTS, icon="clock"
)
MOVED_UP = declare(
    "training.moved_up", "{person} got a free seat.", audience=Audience.AGENTS, icon="user-check"
)
LEFT = declare(
    "training.left", "{person} does not come.", audience=Audience.AGENTS, icon="user-minus"
)
ATTENDED = declare(
    "training.attended", "{by} noted who came.", audience=Audience.AGENTS, icon="check-check"
)

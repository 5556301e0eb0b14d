"""The news that a call can make. Its subject is the case, on whose timeline it stands."""

from helpdesk.journal.kinds import Audience, declare

BOOKED = declare(
    "call.booked",
    "{by} booked a call for {when}, {minutes} minutes, with {agent}.",
    audience=Audience.CLIENT,
    icon="phone",
)
MOVED = declare(
    "call.moved",
    "{by} moved the call from {before} to {when}, with {agent}.",
    audience=Audience.CLIENT,
    icon="calendar-clock",
)
HANDED_OVER = declare(
    "call.handed_over",
    "{agent} takes the call on {when} in place of {before}.",
    audience=Audience.CLIENT,
    icon="users",
)
DECLINED = declare(
    "call.declined",
    "{by} could not take the call on {when}. {reason}",
    audience=Audience.AGENTS,
    icon="user-x",
)
CANCELLED = declare(
    "call.cancelled",
    "{by} cancelled the call on {when}. {reason} {used_words}",
    audience=Audience.CLIENT,
    icon="calendar-x",
)
HELD = declare(
    "call.held",
    "{by} called: {actual} minutes, {used} of them used. {outcome}",
    audience=Audience.CLIENT,
    icon="phone-call",
)
MISSED = declare(
    "call.missed",
    "{by} called on {when} and reached nobody. {used_words}",
    audience=Audience.CLIENT,
    icon="phone",
)
ANSWERED = declare(
    "call.answered",
    "{person}’s calendar answered the invitation: {answer}.",
    audience=Audience.AGENTS,
    icon="calendar",
)

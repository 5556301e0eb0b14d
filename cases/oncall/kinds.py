"""The news of calling somebody. The subject is the case, so that its timeline shows them."""

from helpdesk.journal.kinds import Audience, declare

CALLED = declare("oncall.called", "We called {whom}.", audience=Audience.CLIENT, icon="phone")
ACKNOWLEDGED = declare(
    "oncall.acknowledged",
    "{by} acknowledged the call and takes care of it.",
    audience=Audience.CLIENT,
    icon="phone-call",
)
LAPSED = declare(
    "oncall.lapsed",
    "{minutes} minutes after the acknowledgement the client has no answer: we call again.",
    audience=Audience.AGENTS,
    icon="clock-alert",
)
STOPPED = declare(
    "oncall.stopped", "The calls stopped: {reason}", audience=Audience.AGENTS, icon="bell-off"
)
EXHAUSTED = declare(
    "oncall.exhausted",
    "Nobody acknowledged after {count} calls. Every lead was told.",
    audience=Audience.AGENTS,
    icon="triangle-alert",
)

"""The news that a defect can make, on itself and on the cases attached to it."""

from cases.defects.lifecycle import Move
from helpdesk.journal.kinds import Audience, Kind, declare

SUBJECT = "defect"
SURGE = "surge"

LOGGED = declare("defect.logged", "{by} logged the defect.", audience=Audience.AGENTS, icon="bug")
EDITED = declare("defect.edited", "{by} changed {what}.", audience=Audience.AGENTS, icon="pencil")
EXPLAINED = declare(
    "defect.explained",
    "{by} changed what clients read of the defect.",
    audience=Audience.CLIENT,
    icon="file-text",
)
ATTACHED = declare(
    "defect.attached", "{by} attached case {number}.", audience=Audience.AGENTS, icon="link"
)
DETACHED = declare(
    "defect.detached", "{by} detached case {number}. {reason}", audience=Audience.AGENTS, icon="x"
)
MERGED = declare(
    "defect.merged",
    "{by} merged the defect into {into}.",
    audience=Audience.CLIENT,
    icon="git-merge",
)
TOOK_IN = declare(
    "defect.took_in",
    "{by} merged {other} into this defect.",
    audience=Audience.AGENTS,
    icon="git-merge",
)
CONFIRMED = declare(
    "defect.confirmed", "{by} confirmed the defect.", audience=Audience.CLIENT, icon="check"
)
SCHEDULED = declare(
    "defect.scheduled",
    "{by} scheduled the fix for {version}.",
    audience=Audience.CLIENT,
    icon="calendar-clock",
)
FIXED = declare(
    "defect.fixed", "{by} marked the defect as fixed.", audience=Audience.CLIENT, icon="check-check"
)
RELEASED = declare(
    "defect.released",
    "The fix is out in {version}, said {by}.",
    audience=Audience.CLIENT,
    icon="megaphone",
)
DECLINED = declare(
    "defect.declined",
    "{by} declared that this will not be changed: {reason}",
    audience=Audience.CLIENT,
    icon="circle-x",
)
TAKEN_BACK = declare(
    "defect.taken_back",
    "{by} took the defect from “{before_label}” back to “{after_label}”: {reason}",
    audience=Audience.CLIENT,
    icon="undo-2",
)
CAMPAIGN_EDITED = declare(
    "defect.campaign_edited",
    "{by} changed the words to the clients.",
    audience=Audience.AGENTS,
    icon="pencil",
)
CAMPAIGN_PUT_OFF = declare(
    "defect.campaign_put_off",
    "{by} put the mails to the clients off.",
    audience=Audience.AGENTS,
    icon="clock",
)
CAMPAIGN_STARTED = declare(
    "defect.campaign_started",
    "{by} sent the mails to the clients.",
    audience=Audience.AGENTS,
    icon="send",
)
CAMPAIGN_WITHDRAWN = declare(
    "defect.campaign_withdrawn",
    "The mails that waited to be sent were withdrawn.",
    audience=Audience.AGENTS,
    icon="circle-x",
)

CASE_ATTACHED = declare(
    "case.defect_attached",
    "The cause is defect {defect}: {title}",
    audience=Audience.CLIENT,
    icon="bug",
)
CASE_DETACHED = declare(
    "case.defect_detached",
    "The cause is not defect {defect} after all. {reason}",
    audience=Audience.CLIENT,
    icon="bug",
)
CASE_SCHEDULED = declare(
    "case.defect_scheduled",
    "The fix of defect {defect} is planned for {version}.",
    audience=Audience.CLIENT,
    icon="calendar-clock",
)
CASE_RELEASED = declare(
    "case.defect_released",
    "The fix of defect {defect} is out in {version}.",
    audience=Audience.CLIENT,
    icon="megaphone",
)
CASE_FIX_CONFIRMED = declare(
    "case.fix_confirmed",
    "{by} says that defect {defect} is fixed.",
    audience=Audience.CLIENT,
    icon="circle-check",
)
CASE_FIX_DENIED = declare(
    "case.fix_denied",
    "{by} says that defect {defect} is not fixed. Answer this soon.",
    audience=Audience.AGENTS,
    icon="siren",
)
CASE_CLOSING = declare(
    "case.fix_closing",
    "Nobody has said whether defect {defect} is fixed. The case closes on {closes}.",
    audience=Audience.CLIENT,
    icon="clock",
)
CASE_CLOSED = declare(
    "case.fix_unanswered",
    "Nobody said that defect {defect} is not fixed, so the case was closed.",
    audience=Audience.CLIENT,
    icon="archive",
)

SURGE_RAISED = declare(
    "surge.raised",
    "{organisations} organisations reported the same thing within hours: {subject}",
    audience=Audience.AGENTS,
    icon="activity",
)
SURGE_GREW = declare(
    "surge.grew", "Case {number} reports the same.", audience=Audience.AGENTS, icon="activity"
)
SURGE_SETTLED = declare(
    "surge.settled", "{by} made defect {defect} of it.", audience=Audience.AGENTS, icon="bug"
)
SURGE_DISMISSED = declare(
    "surge.dismissed", "{by} says that it is not the same.", audience=Audience.AGENTS, icon="x"
)

OF_MOVE: dict[Move, Kind] = {
    Move.CONFIRM: CONFIRMED,
    Move.SCHEDULE: SCHEDULED,
    Move.RESCHEDULE: SCHEDULED,
    Move.FIX: FIXED,
    Move.RELEASE: RELEASED,
    Move.DECLINE: DECLINED,
    Move.TAKE_BACK: TAKEN_BACK,
    Move.MERGE: MERGED,
}

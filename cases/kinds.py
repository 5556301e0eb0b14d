"""The news that a case can make."""

from helpdesk.journal.kinds import Audience, declare

SUBJECT = "case"

OPENED = declare(
    "case.opened", "{by} opened the case.", audience=Audience.CLIENT, icon="circle-plus"
)
REPLIED = declare("case.replied", "{by} wrote.", audience=Audience.CLIENT, icon="message-square")
NOTED = declare("case.noted", "{by} added an internal note.", audience=Audience.AGENTS, icon="lock")
MOVED = declare(
    "case.moved",
    "{by} changed the state from {before_label} to {after_label}. {reason}",
    audience=Audience.CLIENT,
    icon="arrow-right",
)
HELD = declare(
    "case.held", "{by} put the case on hold: {reason}", audience=Audience.AGENTS, icon="pause"
)
ASSIGNED = declare(
    "case.assigned", "{by} assigned the case to {to}.", audience=Audience.AGENTS, icon="user"
)
PRIORITISED = declare(
    "case.prioritised",
    "{by} changed the priority from {before_label} to {after_label}. {reason}",
    audience=Audience.CLIENT,
    icon="flag",
)
JOINED = declare(
    "case.joined", "{person} now takes part.", audience=Audience.CLIENT, icon="user-plus"
)
WATCHED = declare(
    "case.watched", "{person} watches the case.", audience=Audience.AGENTS, icon="eye"
)
UNWATCHED = declare(
    "case.unwatched",
    "{person} no longer watches the case.",
    audience=Audience.AGENTS,
    icon="eye-off",
)
PROPOSED = declare(
    "case.participant_proposed",
    "{person} was in copy and may be let in.",
    audience=Audience.AGENTS,
    icon="user-plus",
)
LEFT = declare(
    "case.left", "{person} no longer takes part.", audience=Audience.CLIENT, icon="user-minus"
)
MESSAGE_LEFT = declare(
    "case.message_moved_away",
    "{by} moved a message of {author} to case {number}.",
    audience=Audience.AGENTS,
    icon="arrow-right",
)
MESSAGE_CAME = declare(
    "case.message_moved_here",
    "{by} moved a message of {author} here from case {number}.",
    audience=Audience.AGENTS,
    icon="arrow-right",
)
MERGED = declare(
    "case.merged",
    "{by} merged this case into case {number}, which goes on.",
    audience=Audience.CLIENT,
    icon="git-merge",
)
ABSORBED = declare(
    "case.absorbed",
    "{by} merged case {number} into this one: {subject}",
    audience=Audience.CLIENT,
    icon="git-merge",
)
SENDER_BOUND = declare(
    "case.sender_bound",
    "{by} said that mails of {person} belong here unless they point elsewhere.",
    audience=Audience.AGENTS,
    icon="mail",
)
SENDER_FREED = declare(
    "case.sender_freed",
    "{by} said that mails of {person} belong here no longer by themselves.",
    audience=Audience.AGENTS,
    icon="mail",
)
EDITED = declare("case.edited", "{by} changed {what}.", audience=Audience.AGENTS, icon="pencil")
WARNED = declare(
    "case.promise_warned",
    "{percent} % of the time for the {metric} has passed; it is due {due}.",
    audience=Audience.AGENTS,
    icon="clock",
)
BREACHED = declare(
    "case.promise_missed",
    "The {metric} was due {due} and was missed.",
    audience=Audience.AGENTS,
    icon="triangle-alert",
)
REPLANNED = declare(
    "case.promise_moved",
    "The {metric} is now due {due}, not {before}: {by} changed the calendar. {reason}",
    audience=Audience.AGENTS,
    icon="clock",
)
REMINDED = declare(
    "case.reminded",
    "We reminded the client. Without an answer it ends by itself: {ending}",
    audience=Audience.AGENTS,
    icon="bell",
)
ESCALATED = declare(
    "case.escalated",
    "The missed promise was escalated to {names}.",
    audience=Audience.AGENTS,
    icon="siren",
)
ACKNOWLEDGED = declare(
    "case.acknowledged", "{by} looks after it.", audience=Audience.AGENTS, icon="check"
)
RATED = declare("case.rated", "{by} on how it went: {words}", audience=Audience.AGENTS, icon="star")
MAIL_FAILED = declare(
    "case.mail_failed",
    "The mail to {to} could not be delivered: {reason}",
    audience=Audience.AGENTS,
    icon="mail-x",
)

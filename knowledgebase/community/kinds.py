"""The news that user groups can make: for ours alone, since members share it among themselves."""

from helpdesk.journal.kinds import Audience, declare

GROUP, TOPIC = "group", "topic"

JOINED = declare("group.joined", "{person} joined.", audience=Audience.AGENTS, icon="user-plus")
ASKED = declare(
    "group.asked", "{person} asks to join.", audience=Audience.AGENTS, icon="user-round"
)
LEFT = declare("group.left", "{person} left.", audience=Audience.AGENTS, icon="user-minus")
OPENED = declare(
    "topic.opened", "{by} began “{title}”.", audience=Audience.AGENTS, icon="message-circle"
)
REPLIED = declare("topic.replied", "{by} wrote.", audience=Audience.AGENTS, icon="reply")
SOLVED = declare("topic.solved", "{by} marked the answer.", audience=Audience.AGENTS, icon="check")
REPORTED = declare(
    "topic.reported", "{by} reported a post: {reason}", audience=Audience.AGENTS, icon="flag"
)
MODERATED = declare("topic.moderated", "{by} {what}.", audience=Audience.AGENTS, icon="shield")
MOVE_AGREED = declare(
    "topic.move_agreed",
    "{by} agreed that this becomes a case.",
    audience=Audience.AGENTS,
    icon="arrow-right",
)

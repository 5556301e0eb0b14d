"""The news that a chat makes; all of it is news of its case."""

from helpdesk.journal.kinds import Audience, declare

ACCEPTED = declare(
    "chat.accepted", "{by} took the chat.", audience=Audience.AGENTS, icon="message-circle"
)
TRANSFERRED = declare(
    "chat.transferred", "{by} handed the chat to {to}.", audience=Audience.AGENTS, icon="users"
)
INVITED = declare(
    "chat.invited", "{by} brought {to} into the chat.", audience=Audience.AGENTS, icon="user-plus"
)
LINKED = declare(
    "chat.linked", "{by} linked the chat to case {number}.", audience=Audience.CLIENT, icon="link"
)
ENDED = declare(
    "chat.ended", "{by} ended the chat. {reason}", audience=Audience.CLIENT, icon="message-circle"
)
BLOCKED = declare(
    "chat.blocked",
    "{by} blocked {name} from the chat until {until}: {reason}",
    audience=Audience.AGENTS,
    icon="circle-x",
)
UNBLOCKED = declare(
    "chat.unblocked", "{by} lets {name} write in the chat again.", audience=Audience.AGENTS
)
FORM_ANSWERED = declare(
    "chat.form_answered",
    "{by} answered before the chat: {answers}",
    audience=Audience.AGENTS,
    icon="list",
)
LEFT = declare(
    "chat.left",
    "The client left the chat before anybody answered. The answer goes by mail.",
    audience=Audience.AGENTS,
    icon="message-circle",
)

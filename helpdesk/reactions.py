"""Who reacts to which news: the whole list, read top to bottom."""

from cases import kinds as case_kinds
from cases import telling
from cases.actions import indexing
from cases.mailroom import acknowledging, answering
from chat import hearing, mailing
from chat import kinds as chat_kinds
from helpdesk.journal.dispatch import React
from helpdesk.live import pushing
from helpdesk.webhooks import queueing

EVERY: tuple[React, ...] = (pushing.nudge, queueing.enqueue)

REACTIONS: dict[str, tuple[React, ...]] = {
    case_kinds.OPENED.name: (
        acknowledging.acknowledge,
        telling.leads_of_critical,
        indexing.index_opening,
    ),
    case_kinds.REPLIED.name: (
        answering.send_message,
        telling.ours_of_message,
        indexing.index_message,
        hearing.hear_thread,
    ),
    case_kinds.NOTED.name: (indexing.index_message,),
    case_kinds.MOVED.name: (telling.client_of_move,),
    case_kinds.ASSIGNED.name: (telling.new_assignee,),
    case_kinds.PRIORITISED.name: (telling.client_of_priority,),
    case_kinds.WARNED.name: (telling.ours_of_promise,),
    case_kinds.BREACHED.name: (telling.ours_of_promise,),
    chat_kinds.ENDED.name: (mailing.mail_transcript,),
}

"""Who reacts to which news: the whole list, read top to bottom."""

from cases import adopting, telling
from cases import kinds as case_kinds
from cases.actions import indexing
from cases.calls import answers
from cases.citing import noting
from cases.closing import following as closing
from cases.defects import kinds as defect_kinds
from cases.defects import publishing
from cases.defects import telling as defect_telling
from cases.defects.surges import raising
from cases.escalations import climbing, collecting
from cases.mailroom import acknowledging, answering
from cases.oncall import beginning, paging
from cases.oncall import kinds as oncall_kinds
from cases.satisfaction import asking
from chat import hearing, mailing
from chat import kinds as chat_kinds
from chat.actions import rating
from helpdesk.journal.dispatch import React
from helpdesk.live import pushing
from helpdesk.webhooks import queueing
from knowledgebase import kinds as article_kinds
from knowledgebase.articles.searching import indexing as article_words
from knowledgebase.community import kinds as group_kinds

EVERY: tuple[React, ...] = (pushing.nudge, queueing.enqueue)

REACTIONS: dict[str, tuple[React, ...]] = {
    case_kinds.OPENED.name: (
        acknowledging.acknowledge,
        beginning.page_if_critical,
        telling.leads_of_critical,
        indexing.index_opening,
        raising.look_at,
        noting.note_case_after_offers,
        noting.note_citations,
    ),
    case_kinds.REPLIED.name: (
        answering.send_message,
        paging.stop_if_over,
        telling.ours_of_message,
        indexing.index_message,
        answers.hear,
        noting.note_citations,
        hearing.hear_thread,
        closing.follow,
        climbing.settle,
    ),
    case_kinds.NOTED.name: (indexing.index_message, answers.hear),
    case_kinds.MESSAGE_LEFT.name: (indexing.index_anew,),
    case_kinds.MESSAGE_CAME.name: (indexing.index_anew,),
    case_kinds.MERGED.name: (telling.clients_of_merge, indexing.index_anew),
    case_kinds.ABSORBED.name: (indexing.index_anew,),
    case_kinds.MOVED.name: (
        telling.client_of_move,
        paging.stop_if_over,
        closing.follow,
        climbing.settle,
        asking.ask,
    ),
    case_kinds.HELD.name: (closing.follow,),
    case_kinds.ASSIGNED.name: (telling.new_assignee,),
    case_kinds.PRIORITISED.name: (
        telling.client_of_priority,
        paging.stop_if_over,
        beginning.page_if_critical,
    ),
    case_kinds.WARNED.name: (collecting.collect,),
    case_kinds.BREACHED.name: (collecting.collect, climbing.begin),
    case_kinds.RATED.name: (rating.hear_rating,),
    chat_kinds.ENDED.name: (mailing.mail_transcript,),
    oncall_kinds.EXHAUSTED.name: (telling.leads_of_silence,),
    group_kinds.MOVE_AGREED.name: (adopting.adopt_topic,),
    article_kinds.PUBLISHED.name: (article_words.index_published,),
    article_kinds.WITHDRAWN.name: (article_words.forget_withdrawn,),
    defect_kinds.LOGGED.name: (publishing.follow,),
    defect_kinds.MERGED.name: (publishing.follow,),
    defect_kinds.EXPLAINED.name: (defect_telling.followers_of_news, publishing.follow),
    defect_kinds.CONFIRMED.name: (defect_telling.followers_of_news, publishing.follow),
    defect_kinds.SCHEDULED.name: (defect_telling.followers_of_news, publishing.follow),
    defect_kinds.FIXED.name: (defect_telling.followers_of_news, publishing.follow),
    defect_kinds.RELEASED.name: (defect_telling.followers_of_news, publishing.follow),
    defect_kinds.DECLINED.name: (defect_telling.followers_of_news, publishing.follow),
    defect_kinds.TAKEN_BACK.name: (defect_telling.followers_of_news, publishing.follow),
    defect_kinds.CASE_FIX_DENIED.name: (defect_telling.leads_of_denial,),
}

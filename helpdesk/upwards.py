"""What finds what, upwards: the floor knows the rooms only by these names.

A part of the settings, which `helpdesk/settings.py` takes in whole.
"""

REACTIONS = "helpdesk.reactions"
CALENDAR_CHECKS = ["cases.oncall.checks.rota_gaps"]
MAIL_SORTER = "cases.mailroom.sorting.sort"
MAIL_FATE = "cases.mailroom.hearing.hear"
MAIL_FILES = "cases.mailroom.enclosing.files_for_mail"
MAIL_WORDS = "helpdesk.mail.rendering.render"
MAIL_OUTBOX = "helpdesk.mail.outbox.queue_account_mail"
SESSIONS_ENDED = "helpdesk.live.pushing.end_sockets_of"
# The files of the export of a person's data, and what fills each.
EXPORT_PARTS = {
    "profile": "helpdesk.exporting.parts.profile",
    "sessions": "helpdesk.exporting.parts.sessions",
    "mails": "helpdesk.exporting.parts.mails",
    "cases": "cases.exporting.own_cases",
    "messages": "cases.exporting.own_messages",
    "groups": "knowledgebase.community.exporting.groups",
    "posts": "knowledgebase.community.exporting.posts",
    "training": "knowledgebase.training.exporting.registrations",
}
LIVE_SUBJECTS = {
    "case": "cases.access.may_watch",
    "defect": "cases.defects.access.may_watch",
}
WEBHOOK_SUBJECTS = {
    "case": "cases.correspondence.webhook_facts",
    "defect": "cases.defects.news.webhook_facts",
    "notice": "knowledgebase.notices.webhook_facts.facts",
}
# What goes along when a case becomes part of another, each called with (source, kept, by, at).
CASE_MERGING = [
    "cases.mailroom.merging.take_along",
    "cases.calls.merging.take_along",
    "cases.defects.actions.joining.take_along",
    "chat.merging.take_along",
]
CLOSING_ELSEWHERE = "cases.defects.campaigns.answering.is_asked"

"""Every recurring job, one page. Interval schedules only, each safe to run twice at once."""

from helpdesk.celery import app

app.conf.beat_schedule = {
    "api: keys that nobody sends again": {
        "task": "helpdesk.api.tasks.forget_old_keys",
        "schedule": 6 * 3600.0,
    },
    "articles: publish and withdraw what is due": {
        "task": "knowledgebase.articles.tasks.publish_and_withdraw",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "articles: words of new texts": {
        "task": "knowledgebase.articles.tasks.learn_words",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "articles: views that were counted": {
        "task": "knowledgebase.articles.tasks.carry_views_over",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "articles: forget old searches": {
        "task": "knowledgebase.articles.tasks.forget_what_is_over",
        "schedule": 6 * 3600.0,
    },
    "attachments: files that wait for the scanner": {
        "task": "helpdesk.attachments.tasks.scan_files",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "attachments: pictures to draw anew": {
        "task": "helpdesk.attachments.tasks.draw_pictures",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "attachments: drafts that were never sent": {
        "task": "helpdesk.attachments.tasks.delete_expired_drafts",
        "schedule": 3600.0,
    },
    "attachments: bytes that no row names": {
        "task": "helpdesk.attachments.tasks.delete_orphaned_bytes",
        "schedule": 24 * 3600.0,
    },
    "calendars: clock changes announced anew": {
        "task": "helpdesk.calendars.tasks.publish_new_zone_rules",
        "schedule": 3600.0,
    },
    "chat: lines for the threads of cases": {
        "task": "chat.tasks.file_lines",
        "schedule": 3.0,
        "options": {"expires": 3.0},
    },
    "chat: waiting chats for our people": {
        "task": "chat.allotting.tasks.share_out",
        "schedule": 2.0,
        "options": {"expires": 2.0},
    },
    "chat: answers that no browser took": {
        "task": "chat.tasks.mail_answers",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "chat: clients who are silent or have left": {
        "task": "chat.tasks.attend_quiet_chats",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "chat: vouchers that are over": {
        "task": "chat.tasks.forget_vouchers",
        "schedule": 3600.0,
    },
    "closing: reminders and endings": {
        "task": "cases.closing.tasks.sweep",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "calls: reminders a day and an hour ahead": {
        "task": "cases.calls.tasks.remind",
        "schedule": 30.0,
        "options": {"expires": 30.0},
    },
    "entitlements: minutes that begin, minutes that are over": {
        "task": "cases.entitlements.tasks.sweep",
        "schedule": 30.0,
        "options": {"expires": 30.0},
    },
    "escalations: levels that are due, and news that was collected": {
        "task": "cases.escalations.tasks.sweep",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "defects: mails about fixes, and what nobody answered": {
        "task": "cases.defects.tasks.sweep_campaigns",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "defects: reports that are compared no more": {
        "task": "cases.defects.tasks.forget_old_reports",
        "schedule": 3600.0,
    },
    "exports: what was asked for": {
        "task": "helpdesk.exporting.tasks.make_exports",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "exports: what is too old": {
        "task": "helpdesk.exporting.tasks.delete_expired",
        "schedule": 3600.0,
    },
    "groups: mails of posts": {
        "task": "knowledgebase.community.tasks.tell_followers",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "journal: news that nobody was told of": {
        "task": "helpdesk.journal.tasks.sweep",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "mail: in, what no wake-up announced or a killed worker left": {
        "task": "helpdesk.mail.tasks.sweep_inbound",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "mail: out, what is due": {
        "task": "helpdesk.mail.tasks.deliver_outbound",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "notifications: pushes that are due": {
        "task": "helpdesk.notifications.tasks.deliver",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "notifications: forget what is over": {
        "task": "helpdesk.notifications.tasks.forget_old",
        "schedule": 24 * 3600.0,
    },
    "on call: emergency calls that no wake-up announced": {
        "task": "cases.oncall.tasks.take_calls",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "on call: whoever is to be called next": {
        "task": "cases.oncall.tasks.ring_due",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "notices: reminders, starts and ends": {
        "task": "knowledgebase.notices.tasks.sweep",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "notices: mails of updates": {
        "task": "knowledgebase.notices.tasks.tell_subscribers",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "notices: hours that the chat calendars change": {
        "task": "knowledgebase.notices.tasks.follow_calendars",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "people: links that were asked for": {
        "task": "helpdesk.people.sign_in.tasks.answer_link_requests",
        "schedule": 15.0,
    },
    "people: forget what is over": {
        "task": "helpdesk.people.sign_in.tasks.forget_what_is_over",
        "schedule": 6 * 3600.0,
    },
    "reports: changes of figures": {
        "task": "cases.reports.tasks.fold_changes",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "sla: drafts to replay": {
        "task": "cases.whatif.tasks.replay",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "sla: warnings and misses": {
        "task": "cases.sla.tasks.sweep",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "sla: promises under edited policies": {
        "task": "cases.sla.tasks.reassess",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "sla: promises on edited calendars": {
        "task": "cases.sla.tasks.replan",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "training: reminders": {
        "task": "knowledgebase.training.tasks.remind",
        "schedule": 30.0,
        "options": {"expires": 30.0},
    },
    "webhooks: what is due": {
        "task": "helpdesk.webhooks.tasks.deliver",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "webhooks: forget what is over": {
        "task": "helpdesk.webhooks.tasks.forget_old",
        "schedule": 24 * 3600.0,
    },
}

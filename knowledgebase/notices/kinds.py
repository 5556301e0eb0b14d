"""The news that a notice can make."""

from helpdesk.journal.kinds import Audience, declare

SUBJECT = "notice"

POSTED = declare(
    "notice.posted", "{by} posted “{title}”.", audience=Audience.CLIENT, icon="megaphone"
)
UPDATED = declare(
    "notice.updated", "{by} wrote about “{title}”.", audience=Audience.CLIENT, icon="megaphone"
)
REMINDED = declare(
    "notice.reminded", "“{title}” begins soon.", audience=Audience.CLIENT, icon="bell"
)
REPLANNED = declare(
    "notice.replanned", "{by} moved “{title}”.", audience=Audience.CLIENT, icon="calendar-clock"
)
ENDED = declare("notice.ended", "“{title}” is over.", audience=Audience.CLIENT, icon="circle-check")

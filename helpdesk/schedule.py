"""Every recurring job, one page. Interval schedules only, each safe to run twice at once."""

from helpdesk.celery import app

app.conf.beat_schedule = {}

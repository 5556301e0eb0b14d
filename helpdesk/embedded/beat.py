"""Celery's beat without Django: it only sends the names of tasks, so it need not load them.

That is half of the memory, and a start without waiting for all applications.
"""

import logging

from celery.beat import Scheduler, Service

from helpdesk.celery import app

# Fills in the schedule.
import helpdesk.schedule  # noqa: F401 # isort: skip

if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    Service(app, scheduler_cls=Scheduler).start()

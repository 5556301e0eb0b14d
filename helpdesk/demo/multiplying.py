"""Many more cases out of the played ones, in bulk, so that speed can be judged at a million.

The database itself copies the rows, so whatever a page reads of a case is there for each copy.
Copies belong to a crowd of clients and agents and carry words of their own, from frequent to
rare. Most are of ended cases and lie further back; the newest are copies of active ones, moved
by moments only, so that their promises stay true.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from cases.models import Case, CaseWords
from cases.sla.models import SlaEvent, SlaNotice, SlaTimer
from cases.thread.models import Message
from helpdesk.demo.crowd import make_crowd
from helpdesk.demo.copying import COPIED_WORDS, PREPARATIONS, value_of
from helpdesk.journal.models import Entry

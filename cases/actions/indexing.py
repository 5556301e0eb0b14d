"""Keeping the words of a case searchable: after the commit, never in a request."""

from django.db import connection, transaction

from cases.models import Case, CaseWords
from cases.thread.models import Message
from helpdesk.journal.models import Entry

# A tsvector holds 1 MB at most; what is longer than this is quoted logs, not words to find.
LONGEST_INDEXED = 30_000

# The words of a title: what the case is about weighs most, then whose it is.
TITLE = (
    "setweight(to_tsvector('english', {subject}), 'A')"
    " || setweight(to_tsvector('simple', {names}), 'B')"
)

_APPEND = """
INSERT INTO cases_casewords AS words (case_id, public, everything)
VALUES (%(case)s, to_tsvector('english', %(public)s), to_tsvector('english', %(everything)s))
ON CONFLICT (case_id) DO UPDATE SET
    public = words.public || excluded.public,
    everything = words.everything || excluded.everything
"""

_TITLE = """
INSERT INTO cases_casewords AS words (case_id, public, everything)
VALUES (%(case)s, {title}, {title})
ON CONFLICT (case_id) DO UPDATE SET
    public = excluded.public || words.public,
    everything = excluded.everything || words.everything
""".format(title=TITLE.format(subject="%(subject)s", names="%(names)s"))


def index_opening(entry: Entry) -> None:
    """React to a case being opened: its subject, number and names weigh most."""
    case = Case.objects.select_related("client", "organisation").get(pk=entry.subject_id)
    _add_title(case)
    index_message(entry)


def index_message(entry: Entry) -> None:
    """React to something being written: add its words to the case's."""
    _add_message(Message.objects.get(pk=entry.data["message"]))


def index_anew(entry: Entry) -> None:
    """React to a message that came or left: nobody finds a case by words that are not there."""
    reindex(Case.objects.select_related("client", "organisation").get(pk=entry.subject_id))


@transaction.atomic
def reindex(case: Case) -> None:
    """Make the words of a case anew from its thread."""
    CaseWords.objects.filter(case=case).delete()
    _add_title(case)
    for message in case.messages.in_order().iterator():
        _add_message(message)


def _add_title(case: Case) -> None:
    names = [case.client.name, case.client.email]
    if case.organisation:
        names.append(case.organisation.name)
    values: dict[str, str | int] = {
        "case": case.pk,
        "subject": f"{case.subject} {case.shown_number} {case.number}",
        "names": " ".join(names),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TITLE, values)


def _add_message(message: Message) -> None:
    words = " ".join([message.text[:LONGEST_INDEXED], *_file_names(message), message.author_label])
    values: dict[str, str | int] = {
        "case": message.case_id,
        "public": words if message.is_public else "",
        "everything": words,
    }
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, values)


def _file_names(message: Message) -> list[str]:
    return list(message.files.values_list("file__filename", flat=True))

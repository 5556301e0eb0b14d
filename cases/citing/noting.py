"""Reactions: an answer that links articles, and a case that was opened after likely answers."""

import re

from django.conf import settings
from django.urls import reverse

from cases.citing.models import Citation
from cases.models import Case
from cases.thread.models import Message
from helpdesk.journal.models import Entry
from knowledgebase.articles.actions import offering
from knowledgebase.articles.models import Article

MOST_IN_A_MESSAGE = 20


def note_citations(entry: Entry) -> None:
    """Keep which articles a public message links; each article once a case."""
    message = Message.objects.get(pk=entry.data["message"])
    if not message.is_public:
        return
    named = _linked_numbers(message.text)
    known = Article.objects.filter(pk__in=named).values_list("pk", flat=True)
    Citation.objects.bulk_create(
        [
            Citation(case_id=message.case_id, article_id=pk, message=message, at=entry.at)
            for pk in known
        ],
        ignore_conflicts=True,
    )


def note_case_after_offers(entry: Entry) -> None:
    """Whoever was offered answers and opened a case all the same was not spared it."""
    client_id = Case.objects.values_list("client", flat=True).get(pk=entry.subject_id)
    offering.case_opened(client_id, at=entry.at)


def _linked_numbers(text: str) -> list[int]:
    """The numbers of the articles whose address on this desk stands in `text`."""
    begins = re.escape(settings.SITE_URL + reverse("articles:home"))
    found = re.findall(rf"{begins}(\d{{1,9}})(?=[-/])", text)
    return list(dict.fromkeys(int(number) for number in found))[:MOST_IN_A_MESSAGE]

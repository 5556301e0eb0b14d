"""How it went, in one click: in the pop-up, or by a link of the transcript. The first counts."""

from datetime import datetime

from django.db import transaction

from cases.actions.refusing import Refused
from cases.satisfaction import answering, asking
from cases.satisfaction.models import Survey
from chat.measures import counting
from chat.models import Conversation
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor

Rating = Conversation.Rating


@transaction.atomic
def rate(conversation: Conversation, *, is_good: bool, by: Actor, at: datetime) -> Conversation:
    """Keep what the client says of an ended chat; a second answer changes nothing.

    Raises Refused where nobody asked.
    """
    locked = Conversation.objects.locked_one(conversation.pk)
    survey = asking.survey_of_chat(locked.case_id) if locked.rating else None
    if survey is None:
        raise Refused("We ask how it went once a chat has ended.")
    channel = Survey.Channel.CHAT
    answering.record(survey, is_good=is_good, comment="", by=channel, at=at, who=by)
    survey.refresh_from_db()
    _note(locked, survey)
    return locked


@transaction.atomic
def hear_rating(entry: Entry) -> None:
    """React to an answer: one that came by a link of the transcript is noted on the chat too."""
    asked = Conversation.objects.filter(case_id=entry.subject_id, rating=Rating.ASKED)
    survey = asking.survey_of_chat(entry.subject_id)
    if survey is None or survey.is_good is None:
        return
    for conversation in asked.select_for_update(of=("self",)).order_by("pk"):
        _note(conversation, survey)


def _note(conversation: Conversation, survey: Survey) -> None:
    if conversation.rating != Rating.ASKED:
        return
    conversation.rating = Rating.GOOD if survey.is_good else Rating.BAD
    conversation.save(update_fields=["rating"])
    counting.count_rating(conversation)

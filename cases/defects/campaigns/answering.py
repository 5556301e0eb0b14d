"""Fixed for you? "Yes" ends the case, "no" opens it again, with us in a hurry."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import access
from cases.actions import moving, opening, replying
from cases.actions.refusing import Refused
from cases.defects import kinds
from cases.defects.campaigns.models import AskedCase, Recipient
from cases.defects.campaigns.sending import has_another_open_defect
from cases.defects.news import tell_case
from cases.lifecycle import ACTIVE, Move, MoveRefused, Role, State
from cases.models import Case, Channel
from cases.thread.adding import Writing
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person

NOT_FIXED = "It is not fixed for me."


def asked_of(recipient: Recipient) -> list[AskedCase]:
    """The cases that a link asks about, as far as its person may still see them."""
    visible = Case.objects.visible_to(recipient.person).filter(pk__in=recipient.case_ids)
    asked = AskedCase.objects.filter(campaign=recipient.campaign_id, case__in=visible)
    return list(asked.filter(is_asked=True).select_related("case").order_by("case_id"))


def open_question(case: Case, person: Person) -> AskedCase | None:
    """What the case's page asks its client: the newest question that nobody has answered."""
    if not person.is_client:
        return None
    asked = AskedCase.objects.filter(case=case, is_asked=True, answer="", outcome="")
    return asked.select_related("campaign__defect").order_by("-pk").first()


def is_asked(case: Case) -> bool:
    """Whether the case waits for such an answer: nothing else then counts down to its end."""
    waiting = AskedCase.objects.filter(case=case, outcome="", next_action_at__isnull=False)
    return waiting.exists()


@transaction.atomic
def answer(
    asked: AskedCase,
    *,
    is_fixed: bool,
    by: Actor,
    words: str = "",
    channel: str = Channel.PORTAL,
    at: datetime | None = None,
) -> AskedCase:
    """Record what somebody on the client's side says of the fix, and act on it once.

    A "no" after a "yes" counts, as somebody is still in trouble; a "yes" after a "no" changes
    nothing. Raises Refused with a sentence.
    """
    locked = AskedCase.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    case, defect = locked.case, locked.campaign.defect
    if access.role_of(by, case) != Role.CLIENT:
        raise Refused("Only those who take part in the case can say whether the fix helped them.")
    if not locked.is_asked or locked.outcome == AskedCase.Outcome.WITHDRAWN:
        raise Refused("We no longer ask about this fix. Write on the case if it does not help.")
    said = AskedCase.Answer.YES if is_fixed else AskedCase.Answer.NO
    if locked.answer in {said, AskedCase.Answer.NO}:
        return locked
    moment = at or timezone.now()
    locked.answer, locked.answered_by, locked.answered_at = said, by.label[:200], moment
    locked.next_action_at = None
    kind = kinds.CASE_FIX_CONFIRMED if is_fixed else kinds.CASE_FIX_DENIED
    if is_fixed:
        locked.outcome = _end(locked, by=by, at=moment)
    else:
        locked.outcome = _open_again(case, words=words, by=by, channel=channel, at=moment)
    tell_case(kind, case, defect, by=by, at=moment)
    locked.save()
    return locked


def _end(asked: AskedCase, *, by: Actor, at: datetime) -> AskedCase.Outcome:
    case = asked.case
    if has_another_open_defect(case, asked.campaign.defect):
        return AskedCase.Outcome.KEPT
    if case.current_state in ACTIVE | {State.RESOLVED}:
        moving.move(case, Move.CLOSE, by=by, reason="The fix helps.", at=at)
    return AskedCase.Outcome.CLOSED


def _open_again(
    case: Case, *, words: str, by: Actor, channel: str, at: datetime
) -> AskedCase.Outcome:
    """As a message of theirs: it reopens, starts the next response, and the assignee hears it."""
    text = f"{NOT_FIXED}\n\n{words.strip()}".strip()
    writing = Writing(text=text, channel=channel)
    try:
        replying.reply(case, writing, by=by, at=at)
    except MoveRefused:
        return _follow_up(case, writing, by=by, at=at)
    after = Case.objects.get(pk=case.pk)
    if after.current_state == State.ON_HOLD:
        moving.move(after, Move.RESUME, by=SYSTEM, at=at)
    return AskedCase.Outcome.REOPENED


def _follow_up(case: Case, writing: Writing, *, by: Actor, at: datetime) -> AskedCase.Outcome:
    """The case was closed too long ago to open again: a new one goes on from it."""
    question = opening.Question(
        subject=case.subject,
        type=case.type,
        category=case.category,
        priority=case.priority,
        characteristics=tuple(case.characteristics),
        url=case.url,
        team=case.team,
        follows=case,
    )
    opening.open_case(question, writing, client=by.person or case.client, by=by, at=at)
    return AskedCase.Outcome.FOLLOWED_UP

"""Asking after a resolution or a chat: a row, two links, a figure."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from cases.correspondence import case_token, from_name, mail_values
from cases.lifecycle import ENDED, State
from cases.models import Case
from cases.satisfaction.models import Survey, Tally
from cases.satisfaction.tokens import token_of
from helpdesk.journal.models import Entry
from helpdesk.mail.outbox import Automatic, Mailbox, queue
from helpdesk.mail.outbox import Priority as MailPriority
from helpdesk.mail.rendering import render
from helpdesk.people.models import Person


@transaction.atomic
def ask(entry: Entry) -> None:
    """Somebody of ours resolved the case: ask its client, once for this resolution.

    Nobody is asked about a case that ended by itself, or that is open again already, or that
    they were asked about when their chat ended.
    """
    is_ours = entry.actor is not None and entry.actor.is_staff_member
    if entry.data.get("after") != State.RESOLVED or not is_ours:
        return
    Case.objects.locked_one(entry.subject_id)
    case = Case.objects.for_rows().get(pk=entry.subject_id)
    if case.current_state not in ENDED or not case.client.is_active:
        return
    if Survey.objects.filter(case=case, occasion=Survey.Occasion.CHAT).exists():
        return
    survey, is_new = Survey.objects.get_or_create(
        case=case,
        resolved_at=entry.at,
        defaults={"agent": case.assignee or entry.actor, "organisation": case.organisation},
    )
    if is_new:
        count(survey, asked=1)
        _mail(survey, case)


def ask_after_chat(case: Case, *, agent: Person | None, at: datetime) -> Survey | None:
    """Ask how a chat went that ended at `at`; the pop-up and the transcript show the question.

    None for a case that its client was asked about before. Call it in a transaction.
    """
    Case.objects.locked_one(case.pk)
    if Survey.objects.filter(case=case).exists():
        return None
    survey = Survey.objects.create(
        case=case,
        occasion=Survey.Occasion.CHAT,
        resolved_at=at,
        agent=agent or case.assignee,
        organisation=case.organisation,
    )
    count(survey, asked=1)
    return survey


def survey_of_chat(case_id: int) -> Survey | None:
    """The question that was asked when a chat of this case ended."""
    asked = Survey.objects.filter(case_id=case_id, occasion=Survey.Occasion.CHAT)
    return asked.select_related("case__client").first()


def links_of(survey: Survey) -> dict[str, str]:
    """The two links of a question, as mails name them."""
    address = settings.SITE_URL + reverse("satisfaction:answer", args=[token_of(survey)])
    return {"good_url": f"{address}?answer=good", "bad_url": f"{address}?answer=bad"}


def open_survey(case: Case, *, reader: Person) -> Survey | None:
    """The question that stands on an ended case for its client; None for anybody else."""
    if case.current_state not in ENDED or reader.pk != case.client_id:
        return None
    latest = Survey.objects.filter(case=case).order_by("-resolved_at").first()
    return latest if latest is not None and latest.answered_at is None else None


def count(survey: Survey, *, asked: int = 0, good: int = 0, bad: int = 0) -> None:
    """Add to the figures of the month in which the case was resolved (UTC)."""
    kept, _ = Tally.objects.get_or_create(
        month=survey.resolved_at.date().replace(day=1),
        agent_id=survey.agent_id,
        organisation=survey.organisation,
    )
    Tally.objects.filter(pk=kept.pk).update(
        asked=F("asked") + asked, good=F("good") + good, bad=F("bad") + bad
    )


def _mail(survey: Survey, case: Case) -> None:
    values = mail_values(case, **links_of(survey))
    mail = render("survey", values, language=case.client.language)
    queue(
        Mailbox(case.client.email, case.client.name),
        kind="survey",
        key=f"survey:{survey.pk}",
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        from_name=from_name(),
        thread=case_token(case),
        automatic=Automatic.GENERATED,
        priority=MailPriority.NOTICE,
        language=case.client.language,
        subject_kind="case",
        subject_id=case.pk,
    )

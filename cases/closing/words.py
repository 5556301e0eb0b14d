"""What people read about the end of a case, and the mails that say it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils import dateformat

from cases.closing.counting import after_business_days, rule_of
from cases.closing.models import ClosingRule, Countdown
from cases.closing.rules import ENDINGS, StepName
from cases.correspondence import case_token, from_name, mail_values, recipients_of
from cases.lifecycle import State
from cases.models import Case
from helpdesk.mail.outbox import Automatic, Mailbox, queue
from helpdesk.mail.outbox import Priority as MailPriority
from helpdesk.mail.rendering import render
from helpdesk.people.models import Person
from helpdesk.people.zones import zone_of

_MAILS = {
    StepName.REMIND: "case_reminder",
    StepName.LAST_NOTICE: "case_last_reminder",
    StepName.GIVE_UP: "case_ended",
    StepName.CLOSE_NOTICE: "case_closing_soon",
    StepName.CLOSE: "case_ended",
}


@dataclass(frozen=True, slots=True)
class Forecast:
    """What will happen to a case by itself: when it ends, and in words for both sides."""

    ends_at: datetime
    client_sentence: str
    agent_sentence: str


def forecast_of(case: Case, *, reader: Person) -> Forecast | None:
    """How `case` will end if nobody writes; None if it will not. Two short queries."""
    if case.state not in {State.WAITING, State.RESOLVED}:
        return None
    countdown = Countdown.objects.filter(case=case, state=case.state).first()
    if countdown is None:
        return None
    rule = rule_of(case)
    after = {step.name: step.after_days for step in rule.terms.steps_in(case.state)}
    last = next((name for name in after if name in ENDINGS), None)
    if last is None or countdown.step not in after:
        return None
    left = after[last] - after[StepName(countdown.step)]
    ends_at = after_business_days(case, countdown.due_at, left)
    day = _day(ends_at, zone_of(reader))
    if case.state == State.RESOLVED or rule.gives_up_by == ClosingRule.Ending.CLOSE:
        client = f"It closes by itself on {day} unless you write."
        ours = f"Closes by itself on {day} unless the client writes."
    else:
        client = f"Without an answer from you, we take it as solved on {day}."
        ours = f"Resolves by itself on {day} unless the client answers."
    return Forecast(ends_at, client, ours)


def day_words(case: Case, at: datetime) -> str:
    """ "Tue 1 Dec" where the client is."""
    return _day(at, zone_of(case.client))


def tell_client(
    case: Case, step: StepName, *, now: datetime, when: str = "", reason: str = ""
) -> None:
    """Queue the mail of a step for everybody on the client's side."""
    kind = _MAILS[step]
    for person in recipients_of(case, but=None):
        values = mail_values(case, when=when, reason=reason)
        mail = render(kind, values, language=person.language)
        queue(
            Mailbox(person.email, person.name),
            kind=kind,
            key=f"closing:{case.pk}:{now.isoformat()}:{person.pk}",
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            from_name=from_name(),
            thread=case_token(case),
            automatic=Automatic.GENERATED,
            priority=MailPriority.NOTICE,
            language=person.language,
            subject_kind="case",
            subject_id=case.pk,
        )


def _day(at: datetime, zone: tzinfo) -> str:
    return dateformat.format(at.astimezone(zone), "D j M")

"""Who is told of a defect beside the campaigns: followers of all its news, leads of a denial."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from cases.correspondence import from_name, mail_values
from cases.defects.campaigns.models import Recipient
from cases.defects.models import Defect
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.mail.outbox import Automatic, Mailbox, Priority, queue
from helpdesk.mail.rendering import render
from helpdesk.people.models import Person

NEWS = "defect_news"
NOTICE = "case_notice"


def followers_of_news(entry: Entry) -> None:
    """Tell each follower who may still see the defect, unless a campaign tells them the same."""
    defect = Defect.objects.filter(pk=entry.subject_id).first()
    if defect is None:
        return
    told = Recipient.objects.filter(campaign__entry=entry).values("person")
    followers = Person.objects.active().filter(followed_defects__defect=defect).exclude(pk__in=told)
    for person in followers.select_related("organisation"):
        if Defect.objects.visible_to(person).filter(pk=defect.pk).exists():
            _queue(entry, person, NEWS, _values(defect, person), subject=("defect", defect.pk))


def leads_of_denial(entry: Entry) -> None:
    """A fix does not help and the case is nobody's: the leads hear of it.

    The assignee of any other hears of the client's message, which came with it.
    """
    case = Case.objects.for_rows().get(pk=entry.subject_id)
    if case.assignee_id is not None:
        return
    values = mail_values(case, what=entry.sentence)
    for person in _leads():
        _queue(entry, person, NOTICE, values, subject=("case", case.pk))


def _leads() -> Iterable[Person]:
    leads: Iterable[Person] = Person.objects.leads()
    return leads


def _values(defect: Defect, person: Person) -> dict[str, str]:
    return {
        "number": defect.shown_number,
        "title": defect.title,
        "name": person.name,
        "state": defect.client_words,
        "words": defect.declined_because or defect.public_text,
        "workaround": f"Until then: {defect.workaround}" if _helps(defect) else "",
        "defect_url": settings.SITE_URL + reverse("known-defects:defect", args=[defect.number]),
    }


def _helps(defect: Defect) -> bool:
    return bool(defect.workaround) and defect.is_open


def _queue(
    entry: Entry, person: Person, kind: str, values: dict[str, str], *, subject: tuple[str, int]
) -> None:
    mail = render(kind, values, language=person.language)
    queue(
        Mailbox(person.email, person.name),
        kind=kind,
        key=f"entry:{entry.pk}:{person.pk}",
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        from_name=from_name(),
        automatic=Automatic.GENERATED,
        priority=Priority.NOTICE,
        language=person.language,
        subject_kind=subject[0],
        subject_id=subject[1],
    )

"""Making a campaign: whom it tells of which cases is settled when it is made."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from cases.correspondence import is_reachable
from cases.defects.campaigns.models import AskedCase, Campaign, Occasion, Recipient
from cases.defects.lifecycle import State
from cases.defects.models import Defect
from cases.models import Case, Participant
from helpdesk.journal.models import Entry
from helpdesk.people.models import CLIENT_ROLES, Person

AT_ONCE = 1_000
OCCASIONS = {State.SCHEDULED: Occasion.SCHEDULED, State.RELEASED: Occasion.RELEASED}
UNSENT = (Campaign.State.WAITING, Campaign.State.SENDING)


def plan(defect: Defect, *, entry: Entry, at: datetime) -> Campaign | None:
    """Make the campaign that the state of `defect` calls for, for all of its cases.

    The caller has locked the defect and wrote `entry`. None when there is nobody to tell.
    """
    return _plan(defect, _cases_of(defect), entry=entry, at=at)


def include(defect: Defect, cases: Iterable[Case], *, entry: Entry, at: datetime) -> None:
    """Let the people of newly attached cases hear what those before them heard.

    A campaign that still waits takes them in; otherwise they get one of their own, unless they
    were told the same before they were detached.
    """
    told = AskedCase.objects.filter(
        campaign__defect=defect,
        campaign__occasion=OCCASIONS.get(defect.current_state, ""),
        campaign__named_version=defect.fixed_version,
        told_at__isnull=False,
    ).values_list("case_id", flat=True)
    known = set(told)
    added = [case for case in cases if case.pk not in known]
    waiting = defect.campaigns.filter(state=Campaign.State.WAITING).select_for_update().first()
    if waiting is None or not added:
        _plan(defect, added, entry=entry, at=at)
        return
    _take_in(waiting, added)


def leave_out(defect: Defect, case: Case) -> None:
    """Take a detached case out of what waits to be sent, and ask about it no more."""
    of_case = AskedCase.objects.filter(campaign__defect=defect, case=case)
    for recipient in Recipient.objects.filter(
        campaign__defect=defect, mail=None, case_ids__contains=[case.pk]
    ):
        recipient.case_ids = [pk for pk in recipient.case_ids if pk != case.pk]
        if recipient.case_ids:
            recipient.save(update_fields=["case_ids"])
        else:
            recipient.delete()
    of_case.filter(told_at=None).delete()
    _stop_asking(of_case)


def withdraw(defect: Defect) -> bool:
    """Send nothing more of what the defect's last state promised; whether anything was stopped."""
    unsent = list(defect.campaigns.filter(state__in=UNSENT).select_for_update().order_by("pk"))
    pks = [campaign.pk for campaign in unsent]
    Campaign.objects.filter(pk__in=pks).update(state=Campaign.State.WITHDRAWN)
    Recipient.objects.filter(campaign__in=pks).update(due_at=None)
    AskedCase.objects.filter(campaign__in=pks).update(due_at=None)
    _stop_asking(AskedCase.objects.filter(campaign__defect=defect))
    return bool(unsent)


def _plan(defect: Defect, cases: list[Case], *, entry: Entry, at: datetime) -> Campaign | None:
    occasion = OCCASIONS.get(defect.current_state)
    if occasion is None or not cases:
        return None
    campaign = Campaign.objects.create(
        defect=defect,
        occasion=occasion,
        entry=entry,
        named_version=defect.fixed_version,
        words=first_words(defect, occasion),
        made_at=at,
        send_at=at + timedelta(minutes=settings.DEFECT_PREVIEW_MINUTES),
    )
    _take_in(campaign, cases)
    return campaign


def first_words(defect: Defect, occasion: str) -> str:
    """What the mail says when nobody edits it."""
    if occasion == Occasion.SCHEDULED:
        words = [f"we know the cause and plan the fix for {defect.fixed_version}."]
        if defect.workaround:
            words.append(f"Until then: {defect.workaround}")
    else:
        words = [f"the fix is out in {defect.fixed_version}. Please update and try again."]
    return "\n\n".join(words)


def _take_in(campaign: Campaign, cases: list[Case]) -> None:
    AskedCase.objects.bulk_create(
        [AskedCase(campaign=campaign, case=case) for case in cases],
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )
    theirs = _cases_by_person(campaign.defect, cases)
    known = {one.person_id: one for one in campaign.recipients.filter(person__in=list(theirs))}
    for person, pks in theirs.items():
        if recipient := known.get(person.pk):
            recipient.case_ids = sorted({*recipient.case_ids, *pks})
            recipient.save(update_fields=["case_ids"])
    Recipient.objects.bulk_create(
        [
            Recipient(
                campaign=campaign,
                person=person,
                address=person.email,
                name=person.name,
                language=person.language,
                case_ids=sorted(pks),
            )
            for person, pks in theirs.items()
            if person.pk not in known
        ],
        batch_size=AT_ONCE,
    )


def _cases_of(defect: Defect) -> list[Case]:
    return list(_tellable(Case.objects.filter(defect_links__defect=defect)))


def _tellable(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    return cases.exclude(state="spam").select_related("client").order_by("pk")


def _cases_by_person(defect: Defect, cases: list[Case]) -> Mapping[Person, set[int]]:
    """The clients of the cases, those who joined beside them, and those who follow the defect."""
    theirs: dict[Person, set[int]] = defaultdict(set)
    for case in cases:
        if case.client.is_active and is_reachable(case.client):
            theirs[case.client].add(case.pk)
    joined = Participant.objects.filter(
        case__in=cases,
        state=Participant.State.JOINED,
        person__is_active=True,
        person__role__in=sorted(CLIENT_ROLES),
    )
    for participant in joined.select_related("person"):
        theirs[participant.person].add(participant.case_id)
    followers = Person.objects.active().filter(followed_defects__defect=defect)
    for person in followers.select_related("organisation"):
        seen = Case.objects.visible_to(person).filter(pk__in=[case.pk for case in cases])
        theirs[person] |= set(seen.values_list("pk", flat=True))
    return {person: pks for person, pks in theirs.items() if pks}


def _stop_asking(asked: "QuerySet[AskedCase]") -> None:
    asked.filter(is_asked=True, answer="", outcome="").update(
        outcome=AskedCase.Outcome.WITHDRAWN, next_action_at=None
    )

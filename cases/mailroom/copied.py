"""People in copy of a mail: who joins by himself, and who waits for a click (`security.md` T1)."""

from cases.actions import joining
from cases.mailroom import senders
from cases.models import Case, Participant
from helpdesk.mail.authentication import AuthVerdict
from helpdesk.mail.models import InboundMail
from helpdesk.mail.reading import ReadMail
from helpdesk.people import addresses
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Person

WHY_PROPOSED = "in copy of a mail"


def take_in(case: Case, mail: InboundMail, read: ReadMail, *, sender: Person) -> None:
    """Let colleagues in copy join; propose anybody else whom we know.

    Until one of ours agrees, those proposed see and receive nothing. Whom we do not know is not
    made a contact by a mere mention.
    """
    is_vouched_for = senders.is_vouched_for(sender.email, AuthVerdict.stored(mail.auth))
    for address in dict.fromkeys(one.email for one in (*read.to, *read.cc)):
        person = senders.known_person(address)
        if person is None or person.pk in {sender.pk, case.client_id} or person.is_staff_member:
            continue
        if _was_left_out(person, case):
            continue
        if is_vouched_for and _is_colleague(person, case, sender):
            joining.join(case, person, by=SYSTEM)
        else:
            joining.propose(case, person, why=WHY_PROPOSED, by=SYSTEM)


def _was_left_out(person: Person, case: Case) -> bool:
    """Whom one of ours left out, no further mail brings in."""
    declined = case.participants.filter(person=person, state=Participant.State.DECLINED)
    return bool(declined.exists())


def _is_colleague(person: Person, case: Case, sender: Person) -> bool:
    """Of the organisation that the case and its writer belong to, which shares its cases; with an
    account, and an address that is proven to be theirs."""
    organisation = case.organisation
    return (
        organisation is not None
        and organisation.shares_cases
        and person.organisation_id == sender.organisation_id == organisation.pk
        and person.is_active
        and person.has_usable_password()
        and addresses.is_verified(person)
    )

"""A worker's part of "First time here?" and "Forgot your password?": who is known gets a mail."""

import structlog
from django.db import transaction
from django.utils import timezone

from helpdesk.people.actors import SYSTEM
from helpdesk.people.contacts import contact_with
from helpdesk.people.models import Person
from helpdesk.people.sign_in import links, mailing
from helpdesk.people.sign_in.models import LinkRequest, PasswordLink

log = structlog.get_logger(__name__)


def answer_requests() -> None:
    """Settle what was asked so far, safe to run twice at once; what fails is tried again later."""
    for pk in list(LinkRequest.objects.order_by("pk").values_list("pk", flat=True)[:500]):
        try:
            answer_request(pk)
        except Exception:
            log.exception("sign_in.link_request_failed", request=pk)


@transaction.atomic
def answer_request(pk: int) -> None:
    """Mail a link if we know the address, or if its domain is an organisation's; nobody else."""
    request = LinkRequest.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if request is None:
        return
    person = contact_with(request.address)
    if person is not None and person.is_active:
        send_link(person)
    request.delete()


def send_link(person: Person) -> None:
    """Mail `person` a link to choose a password: their first one, or a new one."""
    is_new = not person.has_usable_password()
    purpose = PasswordLink.Purpose.FIRST_TIME if is_new else PasswordLink.Purpose.FORGOTTEN
    link, link_address = links.make_link(person, purpose=purpose, by=SYSTEM, now=timezone.now())
    mailing.send(
        person,
        kind=f"account_{purpose}",
        values={"link_url": link_address, "ways_in": mailing.ways_in(person)},
        key=f"link:{link.pk}",
    )

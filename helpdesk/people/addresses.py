"""The one address of a person, and whether it is proven that they read it.

allauth keeps the proof in its own table; here both are changed together.
"""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from helpdesk.people.models import Person


@transaction.atomic
def mark_verified(person: Person) -> None:
    """Note that `person` reads their address: they followed a link sent there."""
    address = person.email.lower()
    EmailAddress.objects.filter(user=person).exclude(email=address).delete()
    EmailAddress.objects.filter(email=address, verified=True).exclude(user=person).delete()
    EmailAddress.objects.update_or_create(
        user=person, email=address, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def forget_proof(person: Person) -> None:
    """Ask for the proof again at the next sign-in: the address was changed by somebody else."""
    EmailAddress.objects.filter(user=person).delete()


def take_over(person: Person, address: str) -> bool:
    """Make `address` the person's own; False when it is somebody else's."""
    before = person.email, person.username
    person.email = address.lower()
    if before[1].lower() == before[0].lower():
        person.username = person.email
    try:
        with transaction.atomic():
            person.save(update_fields=["email", "username"])
    except IntegrityError:
        person.email, person.username = before
        return False
    return True


def is_verified(person: Person) -> bool:
    proofs = EmailAddress.objects.filter(user=person, email=person.email.lower(), verified=True)
    return bool(proofs.exists())

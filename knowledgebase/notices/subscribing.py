"""Hearing of the status page by mail: asked for, confirmed by the address itself, left at any time.

The links of the mails are signed; the second of them is good for ever, since whoever gets a mail
must be able to stop it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse

from helpdesk.mail.outbox import Automatic, Ceiling, Mailbox, queue
from helpdesk.mail.rendering import render
from helpdesk.people.models import Person
from knowledgebase.notices.models import Product, Subscription

CONFIRM_WITHIN = timedelta(days=3)
_CONFIRM, _LEAVE = "notices.confirm", "notices.leave"


class LinkExpired(Exception):
    """The link is too old, was changed, or was never made by this desk."""


@transaction.atomic
def ask(address: str, *, products: Iterable[Product], at: datetime) -> None:
    """Note that somebody wants news at `address` and mail it a link to say yes.

    The same happens for every address, known or not; one that is confirmed already is told how to
    leave. The products that were chosen hold once the link was followed.
    """
    subscription = _row_of(address)
    chosen = sorted(product.pk for product in products)
    token = signing.dumps([subscription.pk, chosen], salt=_CONFIRM)
    values = {
        "confirm_url": _absolute(reverse("status:confirm", args=[token])),
        "days": str(CONFIRM_WITHIN.days),
    }
    mail = render("status_confirm", values)
    queue(
        Mailbox(subscription.email),
        kind="status_confirm",
        key=f"{subscription.pk}:{at.isoformat()}",
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        automatic=Automatic.GENERATED,
        ceiling=Ceiling.STRANGER,
        is_private=True,
    )


def asked_with(token: str) -> Subscription:
    """The subscription that a link to confirm is for. Raises LinkExpired."""
    return _subscription(_read_confirmation(token)[0])


@transaction.atomic
def confirm(token: str, *, at: datetime) -> Subscription:
    """Begin to send news to the address that followed its link. Raises LinkExpired."""
    pk, products = _read_confirmation(token)
    subscription = _subscription(pk)
    return _begin(subscription, Product.objects.filter(pk__in=products), at=at)


@transaction.atomic
def follow(person: Person, *, products: Iterable[Product], at: datetime) -> Subscription:
    """Begin to send news to somebody signed in: their address was proven before."""
    subscription = _row_of(person.email)
    Subscription.objects.filter(pk=subscription.pk).update(person=person)
    return _begin(subscription, products, at=at)


def subscription_of(person: Person) -> Subscription | None:
    """What `person` gets now, if anything."""
    own = Subscription.objects.confirmed().filter(email__iexact=person.email)
    return own.prefetch_related("products").first()


def leaving_with(token: str) -> Subscription:
    """The subscription that a link to leave is for. Raises LinkExpired."""
    try:
        pk = signing.loads(token, salt=_LEAVE)
    except signing.BadSignature as error:
        raise LinkExpired from error
    return _subscription(pk)


def leave(subscription: Subscription, *, at: datetime) -> None:
    """Send no more news to this address, until it asks again."""
    Subscription.objects.filter(pk=subscription.pk, left_at=None).update(left_at=at)


def leave_url(subscription: Subscription) -> str:
    """Where one click ends the subscription."""
    token = signing.dumps(subscription.pk, salt=_LEAVE)
    return _absolute(reverse("status:leave", args=[token]))


def _begin(
    subscription: Subscription, products: Iterable[Product], *, at: datetime
) -> Subscription:
    subscription.confirmed_at, subscription.left_at = at, None
    subscription.save(update_fields=["confirmed_at", "left_at"])
    subscription.products.set(products)
    return subscription


def _row_of(address: str) -> Subscription:
    address = address.strip().lower()
    known = Subscription.objects.filter(email__iexact=address).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return Subscription.objects.create(email=address)
    except IntegrityError:
        # The same address asked twice at once.
        return Subscription.objects.get(email__iexact=address)


def _read_confirmation(token: str) -> tuple[int, list[int]]:
    try:
        pk, products = signing.loads(token, salt=_CONFIRM, max_age=CONFIRM_WITHIN)
    except signing.BadSignature as error:
        raise LinkExpired from error
    return pk, products


def _subscription(pk: int) -> Subscription:
    found = Subscription.objects.filter(pk=pk).first()
    if found is None:
        raise LinkExpired
    return found


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"

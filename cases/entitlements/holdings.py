"""What an organisation holds at a moment, in words; and what to do where it does not."""

from dataclasses import dataclass
from datetime import datetime

from cases.entitlements import ledger
from cases.entitlements.models import Entitlement
from cases.models import Channel
from helpdesk.people.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Everything valid now. Of several packages the organisation has the best of each."""

    packages: tuple[Entitlement, ...]
    add_ons: tuple[Entitlement, ...]
    lapsed: Entitlement | None
    available: int
    next_grant_at: datetime | None

    @property
    def has_phone_support(self) -> bool:
        """Calls come with a package, or with minutes that were bought apart."""
        return bool(self.add_ons) or any(
            held.package is not None and held.package.has_phone_support for held in self.packages
        )

    def allows(self, channel: str) -> bool:
        """Whether cases may come this way; without a package nothing is shut."""
        allowed = [held.package.channels for held in self.packages if held.package is not None]
        return not allowed or any(not channels or channel in channels for channels in allowed)

    @property
    def channels(self) -> list[tuple[str, bool]]:
        """Each way to write to us with whether it is included."""
        ways = (Channel.PORTAL, Channel.EMAIL, Channel.CHAT)
        return [(way.label, self.allows(way)) for way in ways]


def holdings_of(organisation: Organisation | None, *, now: datetime) -> Holdings:
    """What `organisation` holds at `now`, in three statements; nothing for none."""
    if organisation is None:
        return Holdings(packages=(), add_ons=(), lapsed=None, available=0, next_grant_at=None)
    all_held = Entitlement.objects.filter(organisation=organisation)
    held = list(all_held.valid_at(now).select_related("package", "add_on").order_by("starts_at"))
    packages = tuple(one for one in held if one.package_id is not None)
    lapsed = None if packages else _lapsed(organisation, now=now)
    grants = [one.next_grant_at for one in held if one.next_grant_at is not None]
    return Holdings(
        packages=packages,
        add_ons=tuple(one for one in held if one.add_on_id is not None),
        lapsed=lapsed,
        available=ledger.available(organisation.pk),
        next_grant_at=min(grants, default=None),
    )


def why_no_call(holdings: Holdings, *, minutes: int) -> str:
    """Why a call of `minutes` cannot be booked, as one sentence; empty when it can."""
    if holdings.available >= minutes:
        return ""
    if holdings.lapsed is not None and not holdings.add_ons:
        return f"Your package {holdings.lapsed.name} has ended, and its minutes with it."
    if not holdings.packages and not holdings.add_ons:
        return "Your organisation holds no support package with calls."
    if not holdings.has_phone_support:
        names = " and ".join(one.name for one in holdings.packages)
        return f"Your package {names} does not include phone support."
    if holdings.available:
        return f"You have {holdings.available} minutes left; a call of {minutes} needs more."
    return "All your call minutes are booked or used."


def why_not_this_way(holdings: Holdings, channel: str) -> str:
    """What a client is told whose message came by a way that their package does not hold.

    The message is a case all the same: nothing that is written to us is lost. Empty when the way
    is included.
    """
    if holdings.allows(channel):
        return ""
    names = " and ".join(one.name for one in holdings.packages)
    included = [label for label, is_included in holdings.channels if is_included]
    how = f"Next time please use: {', '.join(included)}." if included else "Ask us for one that is."
    return (
        f"We took it as a case all the same. Your package {names} does not include "
        f"{_WAYS[Channel(channel)]}. {how}"
    )


_WAYS = {
    Channel.PORTAL: "the Help Center",
    Channel.EMAIL: "e-mail",
    Channel.CHAT: "chat",
    Channel.PHONE: "phone calls",
    Channel.API: "the API",
}


def _lapsed(organisation: Organisation, *, now: datetime) -> Entitlement | None:
    """The package that ended last."""
    ended = Entitlement.objects.filter(
        organisation=organisation, package__isnull=False, ends_at__lte=now
    )
    return ended.select_related("package").order_by("-ends_at").first()

"""How far a campaign is: counted in two statements, whatever its size."""

from dataclasses import dataclass

from django.db.models import Count, Q

from cases.defects.campaigns.models import AskedCase, Campaign, Recipient
from helpdesk.mail.states import OUTSTANDING, OutboundState

_WRONG = [OutboundState.BOUNCED, OutboundState.FAILED, OutboundState.SUPPRESSED]


@dataclass(frozen=True, slots=True)
class Progress:
    """Recipients by the fate of their mail, cases by what their people answered."""

    recipients: int
    waiting: int
    on_the_way: int
    accepted: int
    wrong: int
    skipped: int
    cases: int
    asked: int
    yes: int
    no: int
    silent: int

    @property
    def done(self) -> int:
        return self.accepted + self.wrong + self.skipped


def progress_of(campaign: Campaign) -> Progress:
    """Count the recipients and the cases of one campaign."""
    recipients = Recipient.objects.filter(campaign=campaign).aggregate(
        recipients=Count("pk"),
        waiting=Count("pk", filter=Q(mail=None, skipped_because="")),
        on_the_way=Count("pk", filter=Q(mail__state__in=sorted(OUTSTANDING))),
        accepted=Count("pk", filter=Q(mail__state=OutboundState.ACCEPTED)),
        wrong=Count("pk", filter=Q(mail__state__in=_WRONG)),
        skipped=Count("pk", filter=~Q(skipped_because="") | Q(mail__state="cancelled")),
    )
    cases = AskedCase.objects.filter(campaign=campaign).aggregate(
        cases=Count("pk"),
        asked=Count("pk", filter=Q(is_asked=True)),
        yes=Count("pk", filter=Q(answer="yes")),
        no=Count("pk", filter=Q(answer="no")),
        silent=Count("pk", filter=Q(outcome=AskedCase.Outcome.SILENT, answer="")),
    )
    return Progress(**recipients, **cases)

"""What the mails of a campaign say: the same for the preview and for what leaves."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from cases.defects.campaigns.links import answer_url
from cases.defects.campaigns.models import Campaign, Occasion, Recipient
from cases.models import Case
from helpdesk.mail.rendering import RenderedMail, render

MOST_NAMED = 50
_KINDS = {Occasion.SCHEDULED: "defect_scheduled", Occasion.RELEASED: "defect_released"}
NOTICE = "defect_closing"


def kind_of(campaign: Campaign) -> str:
    """The kind of mail whose words an administrator may edit."""
    return _KINDS[Occasion(campaign.occasion)]


def news_mail(campaign: Campaign, recipient: Recipient, cases: Sequence[Case]) -> RenderedMail:
    """The one mail that `recipient` gets, whatever the number of their cases."""
    values = _values(campaign, recipient, cases) | {"words": campaign.words}
    if campaign.occasion == Occasion.RELEASED:
        values |= {
            "yes_url": answer_url(recipient, says="yes"),
            "no_url": answer_url(recipient, says="no"),
        }
    return render(kind_of(campaign), values, language=recipient.language)


def preview_mail(campaign: Campaign, recipient: Recipient, cases: Sequence[Case]) -> RenderedMail:
    """The same for the eyes of an agent: its links answer nothing."""
    nowhere = settings.SITE_URL + reverse("known-defects:list")
    values = _values(campaign, recipient, cases) | {"words": campaign.words}
    if campaign.occasion == Occasion.RELEASED:
        values |= {"yes_url": f"{nowhere}?fixed=yes", "no_url": f"{nowhere}?fixed=no"}
    return render(kind_of(campaign), values, language=recipient.language)


def notice_mail(
    campaign: Campaign, recipient: Recipient, cases: Sequence[Case], *, closes: str
) -> RenderedMail:
    """The mail before cases close because nobody answered."""
    values = _values(campaign, recipient, cases) | {
        "closes": closes,
        "yes_url": answer_url(recipient, says="yes"),
        "no_url": answer_url(recipient, says="no"),
    }
    return render(NOTICE, values, language=recipient.language)


def _values(campaign: Campaign, recipient: Recipient, cases: Sequence[Case]) -> dict[str, str]:
    defect = campaign.defect
    return {
        "number": defect.shown_number,
        "title": defect.title,
        "version": campaign.named_version,
        "name": recipient.name,
        "cases": _named(cases),
        "first_case": cases[0].shown_number if cases else "",
        "defect_url": settings.SITE_URL + reverse("known-defects:defect", args=[defect.number]),
        "site_name": settings.SITE_NAME,
    }


def _named(cases: Sequence[Case]) -> str:
    lines = [f"{case.shown_number} {case.subject}" for case in cases[:MOST_NAMED]]
    if len(cases) > MOST_NAMED:
        lines.append(f"and {len(cases) - MOST_NAMED} more")
    return "\n".join(lines)

"""The signed link with which a recipient answers without signing in: good for that alone."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from cases.defects.campaigns.models import Recipient

_SIGNER = signing.Signer(salt="defects.fixed-for-you")


def answer_url(recipient: Recipient, *, says: str) -> str:
    """The address of the page on which `recipient` confirms the answer `says` (yes or no)."""
    token = _SIGNER.sign(str(recipient.pk))
    path = reverse("known-defects:answer", args=[token])
    return f"{settings.SITE_URL}{path}?fixed={says}"


def recipient_of(token: str) -> Recipient | None:
    """Whose link it is; None for one that this desk did not make, or whose person has gone."""
    try:
        pk = int(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return (
        Recipient.objects.select_related("campaign__defect", "person__organisation")
        .filter(pk=pk, person__is_active=True)
        .first()
    )

"""The sign in a survey's links: whoever has it may answer that one question."""

from django.core import signing

from cases.satisfaction.models import Survey

_SIGNER = signing.Signer(salt="cases.satisfaction")


def token_of(survey: Survey) -> str:
    return _SIGNER.sign_object(survey.pk)


def survey_of(token: str) -> Survey | None:
    """The survey of a token that this desk made; None for any other."""
    try:
        pk = _SIGNER.unsign_object(token)
    except signing.BadSignature:
        return None
    return Survey.objects.select_related("case__client").filter(pk=pk).first()

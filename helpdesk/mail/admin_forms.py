"""Forms of the administration: they say what is wrong before it goes out by mail."""

from typing import Any, ClassVar

from django import forms

from helpdesk.mail.addresses import BadAddress, address_key, plain_address
from helpdesk.mail.models import MailTemplate, SuppressedAddress
from helpdesk.mail.wording import EVERYWHERE, Wording, shipped_kind, shipped_kinds, unknown_names


class MailTemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    """Words for a shipped kind. A placeholder that nothing fills is an error, not a gap."""

    class Meta:
        model = MailTemplate
        fields: ClassVar[list[str]] = ["kind", "language", "subject", "text", "html"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.name, kind.title) for kind in shipped_kinds()]
        self.fields["kind"] = forms.ChoiceField(choices=choices)
        self.fields["text"].help_text = (
            "First line: the number. Second line: what happens next. A paragraph "
            "“Label: {{ some_url }}” becomes a button. What follows a line “--” is the foot."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind", "")
        wording = Wording(*(cleaned.get(name, "") for name in ("subject", "text", "html")))
        unknown = unknown_names(kind, wording)
        if unknown:
            shipped = shipped_kind(kind, "en")
            known = sorted({*EVERYWHERE, *(shipped.examples if shipped else ())})
            self.add_error(
                "text",
                f"Nothing fills {', '.join(sorted(unknown))}. This mail knows {', '.join(known)}.",
            )
        return cleaned


class SuppressedAddressForm(forms.ModelForm):  # type: ignore[type-arg]
    """An address to which nothing is sent any more."""

    class Meta:
        model = SuppressedAddress
        fields: ClassVar[list[str]] = ["address", "cause", "detail"]

    def clean_address(self) -> str:
        try:
            return address_key(plain_address(self.cleaned_data["address"]))
        except BadAddress as error:
            raise forms.ValidationError(str(error)) from error

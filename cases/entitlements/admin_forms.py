"""Forms in which an administrator gives an organisation a package or an add-on."""

from typing import Any

from django import forms

from cases.entitlements.granting import EntitlementRefused, refuse_overlap
from cases.entitlements.models import AddOn, Entitlement, SupportPackage


class EntitlementForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new entitlement; its minutes are those of the product unless the contract says more."""

    minutes = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=100_000,
        help_text="Empty: as the package or add-on says. For each period of a package.",
    )

    class Meta:
        model = Entitlement
        fields = (
            "organisation",
            "package",
            "add_on",
            "minutes",
            "valid_from",
            "valid_until",
            "note",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, products in (("package", SupportPackage), ("add_on", AddOn)):
            if name in self.fields:
                self.fields[name].queryset = products.objects.filter(is_offered=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        package, add_on = cleaned.get("package"), cleaned.get("add_on")
        if cleaned.get("minutes") is None:
            product = package.minutes_per_period if package else add_on and add_on.minutes
            cleaned["minutes"] = product or 0
        if package and cleaned["minutes"] and not package.has_phone_support:
            self.add_error(
                "minutes", f"{package} has no phone support, so its minutes could not be used."
            )
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            _refuse_overlap(self)


class EntitlementEndForm(forms.ModelForm):  # type: ignore[type-arg]
    """What may still change of an entitlement: its last day, and our note."""

    class Meta:
        model = Entitlement
        fields = ("valid_until", "note")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            _refuse_overlap(self)


def _refuse_overlap(form: "forms.ModelForm[Entitlement]") -> None:
    try:
        refuse_overlap(form.instance)
    except EntitlementRefused as refusal:
        form.add_error("valid_until", str(refusal))

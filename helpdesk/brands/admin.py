"""Brands, in the administration: chosen without code, refused where nobody could read them."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from helpdesk.attachments.storing import store
from helpdesk.brands.colours import Theme, faults_of
from helpdesk.brands.models import COLOUR, Brand
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

LOGO_MOST_BYTES = 200_000
PICTURES = ("image/png", "image/jpeg", "image/webp")


class BrandForm(forms.ModelForm):  # type: ignore[type-arg]
    """A brand with its logo as a file, and with colours that can be read."""

    upload = forms.FileField(
        label="Logo",
        required=False,
        help_text="PNG, JPEG or WebP up to 200 kB, at best twice as large as it is shown: it is "
        "28 px high and up to 120 px wide, on light and on dark.",
    )
    no_logo = forms.BooleanField(label="Show the desk’s own mark again", required=False)

    class Meta:
        model = Brand
        fields = ("region", "name", "colour", "dark_colour")
        help_texts = {
            "name": "Stands beside the logo and in the titles of pages.",
            "colour": "Of links and buttons on light pages, like #0f5f50. Empty: the desk’s own.",
            "dark_colour": "Of links and buttons on dark pages, like #6cc7b0.",
        }

    def clean_colour(self) -> str:
        return self._readable("colour", theme=Theme.LIGHT)

    def clean_dark_colour(self) -> str:
        return self._readable("dark_colour", theme=Theme.DARK)

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload and upload.content_type not in PICTURES:
            raise forms.ValidationError("This is no PNG, JPEG or WebP. Choose another file.")
        if upload and upload.size > LOGO_MOST_BYTES:
            raise forms.ValidationError("This picture is larger than 200 kB. Choose a smaller one.")
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if bool(cleaned.get("colour")) != bool(cleaned.get("dark_colour")) and not self.errors:
            raise forms.ValidationError(
                "Choose a colour for light and one for dark pages, or none of both."
            )
        return cleaned

    def _readable(self, name: str, *, theme: Theme) -> str:
        colour = str(self.cleaned_data[name]).lower()
        if colour:
            COLOUR(colour)
            if faults := faults_of(colour, theme=theme):
                raise forms.ValidationError(faults)
        return colour


@admin.register(Brand)
class BrandAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Which region sees which name, logo and colours."""

    form = BrandForm
    list_display = ("name", "region", "colour", "dark_colour")
    list_select_related = ("region",)

    def save_model(self, request: HttpRequest, obj: Brand, form: Any, change: bool) -> None:
        obj.changed_at = timezone.now()
        upload = form.cleaned_data["upload"]
        if form.cleaned_data["no_logo"]:
            obj.logo = None
        if upload:
            obj.logo = store(upload, filename=upload.name, by=Actor.of(cast(Person, request.user)))
        super().save_model(request, obj, form, change)

"""Sign-on providers in Django's admin."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from requests import RequestException

from helpdesk.people.models import EmailDomain
from helpdesk.people.sign_in.models import SignOnProvider
from helpdesk.people.sign_in.sealing import seal
from helpdesk.people.sign_in.single_sign_on.discovery import ProviderUnusable, configuration_of


class SignOnProviderForm(forms.ModelForm):  # type: ignore[type-arg]
    """The configuration. The secret goes in and never comes out again."""

    client_secret = forms.CharField(
        required=False,
        strip=True,
        max_length=500,
        help_text="Leave empty to keep the one that is stored. It is kept encrypted.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = SignOnProvider
        fields = ("region", "name", "slug", "issuer", "client_id", "email_domains", "is_active")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        region, domains = cleaned.get("region"), cleaned.get("email_domains")
        if region and domains is not None:
            elsewhere = domains.exclude(organisation__region=region)
            if elsewhere.exists():
                names = ", ".join(elsewhere.values_list("domain", flat=True))
                raise forms.ValidationError(
                    f"These domains belong to organisations of other regions: {names}."
                )
        return cleaned

    def save(self, commit: bool = True) -> SignOnProvider:
        if secret := self.cleaned_data.get("client_secret"):
            self.instance.sealed_secret = seal(secret)
        provider: SignOnProvider = super().save(commit)
        return provider


@admin.register(SignOnProvider)
class SignOnProviderAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = SignOnProviderForm
    list_display = ("name", "region", "issuer", "is_active")
    list_filter = ("region", "is_active")
    list_select_related = ("region",)
    search_fields = ("name", "issuer")
    filter_horizontal = ("email_domains",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("region", "name", "slug", "is_active")}),
        ("At the provider", {"fields": ("issuer", "client_id", "client_secret", "callback")}),
        ("Whom it may name", {"fields": ("email_domains",)}),
    )
    actions = ("try_out",)

    def has_delete_permission(
        self, request: HttpRequest, obj: SignOnProvider | None = None
    ) -> bool:
        """Switched off, not deleted: its slug must never name another issuer."""
        return False

    def get_readonly_fields(
        self, request: HttpRequest, obj: SignOnProvider | None = None
    ) -> tuple[str, ...]:
        return ("slug", "issuer", "callback") if obj else ("callback",)

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: SignOnProvider | None = None
    ) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "email_domains":
            kwargs["queryset"] = EmailDomain.objects.order_by("domain")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description="callback address")
    def callback(self, provider: SignOnProvider) -> str:
        if not provider.slug:
            return "Shown after saving: tell it to the provider."
        return f"{settings.SITE_URL}{reverse('sign_on_callback', args=[provider.slug])}"

    @admin.action(description="Try out: ask the provider for its configuration")
    def try_out(self, request: HttpRequest, providers: QuerySet[SignOnProvider]) -> None:
        for provider in providers:
            try:
                configuration_of(provider.issuer)
            except (RequestException, ProviderUnusable) as error:
                messages.error(request, f"{provider.name}: {error}")
            else:
                messages.success(request, f"{provider.name} answers as it should.")

"""Django admin: packages, add-ons, who holds them; the ledger to look at only."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from cases.entitlements import granting
from cases.entitlements.admin_forms import EntitlementEndForm, EntitlementForm
from cases.entitlements.models import AddOn, Entitlement, Grant, Movement, Posting, SupportPackage
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person


@admin.register(SupportPackage)
class SupportPackageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What is sold. An edit changes what is given from now on; contracts keep their minutes."""

    list_display = ("name", "has_phone_support", "minutes_per_period", "period", "is_offered")
    list_filter = ("is_offered", "has_phone_support")
    search_fields = ("name",)


@admin.register(AddOn)
class AddOnAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "minutes", "is_offered")
    search_fields = ("name",)


class _ReadOnlyInline(admin.TabularInline):  # type: ignore[type-arg]
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class GrantInline(_ReadOnlyInline):
    """Its minutes, period by period, and where they are now."""

    model = Grant
    fields = ("starts_at", "expires_at", "issued", "available", "held", "used", "expired")
    ordering = ("-starts_at",)


@admin.register(Entitlement)
class EntitlementAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who holds what, from when to when. Its history stands behind the button "History"."""

    list_display = ("organisation", "name", "valid_from", "valid_until", "minutes", "note")
    list_filter = ("package", "add_on")
    list_select_related = ("organisation", "package", "add_on")
    search_fields = ("organisation__name", "note")
    autocomplete_fields = ("organisation",)
    date_hierarchy = "valid_from"
    inlines = (GrantInline,)
    show_full_result_count = False

    def get_form(
        self,
        request: HttpRequest,
        obj: Entitlement | None = None,
        change: bool = False,
        **options: Any,
    ) -> Any:
        options["form"] = EntitlementForm if obj is None else EntitlementEndForm
        return super().get_form(request, obj, change, **options)

    def get_fields(self, request: HttpRequest, obj: Entitlement | None = None) -> Any:
        return (
            "organisation",
            "package",
            "add_on",
            "minutes",
            "valid_from",
            "valid_until",
            "note",
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Entitlement | None = None) -> Any:
        """What was sold stays as it was sold: it is ended, and another one given."""
        if obj is None:
            return ()
        return ("organisation", "package", "add_on", "minutes", "valid_from")

    def save_model(
        self, request: HttpRequest, obj: Entitlement, form: "ModelForm[Any]", change: bool
    ) -> None:
        by, now = Actor.of(cast(Person, request.user)), timezone.now()
        if not change:
            granting.begin(obj, by=by, now=now)
            self._warn_of_others(request, obj)
            return
        granting.change_end(obj, obj.valid_until, by=by, now=now)
        Entitlement.objects.filter(pk=obj.pk).update(note=obj.note)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """It is ended, never deleted: the statement names it."""
        return False

    def _warn_of_others(self, request: HttpRequest, given: Entitlement) -> None:
        others = Entitlement.objects.filter(
            organisation=given.organisation_id, package__isnull=False
        ).exclude(pk=given.pk)
        beside = others.valid_at(max(given.starts_at, timezone.now())).first()
        if given.package_id is not None and beside is not None:
            messages.warning(
                request,
                f"{given.organisation} also holds {beside.name}. While both run it has the best "
                "of each; end one of them if that is not meant.",
            )


class PostingInline(_ReadOnlyInline):
    model = Posting
    fields = ("grant", "account", "minutes")
    ordering = ("pk",)


@admin.register(Movement)
class MovementAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The ledger, newest first. Nobody writes here."""

    list_display = (
        "at",
        "organisation",
        "kind",
        "minutes",
        "available_after",
        "why",
        "actor_label",
    )
    list_filter = ("kind",)
    list_select_related = ("organisation",)
    search_fields = ("organisation__name",)
    ordering = ("-pk",)
    show_full_result_count = False
    inlines = (PostingInline,)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

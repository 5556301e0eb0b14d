"""Organisations, people and teams in Django's admin."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from helpdesk.people import addresses
from helpdesk.people.actors import Actor
from helpdesk.people.models import EmailDomain, Organisation, Person, Role, Team
from helpdesk.people.requests import PersonRequest
from helpdesk.people.sign_in import second_factor, sessions
from helpdesk.people.sign_in.inviting import InvitationRefused, invite
from helpdesk.people.sign_in.models import PasswordLink


class EmailDomainInline(admin.TabularInline):  # type: ignore[type-arg]
    model = EmailDomain
    extra = 1
    verbose_name_plural = "e-mail domains: who writes from one becomes a contact"


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "region", "time_zone", "shares_cases", "people_count")
    list_filter = ("region", "shares_cases")
    list_select_related = ("region",)
    search_fields = ("name", "email_domains__domain")
    search_help_text = "Name or e-mail domain"
    inlines = (EmailDomainInline,)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        everything: QuerySet[Organisation] = super().get_queryset(request)
        return everything.annotate(people_counted=Count("people"))

    @admin.display(description="people", ordering="people_counted")
    def people_count(self, organisation: Organisation) -> int:
        return int(organisation.people_counted)  # type: ignore[attr-defined]


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person without their password: nobody but themselves chooses it."""

    class Meta:
        model = Person
        fields = (
            "full_name",
            "email",
            "username",
            "role",
            "organisation",
            "phone",
            "time_zone",
            "is_active",
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        stays = cleaned.get("is_active") and cleaned.get("role") == Role.ADMINISTRATOR
        if not stays and _is_last_administrator(self.instance):
            raise forms.ValidationError(
                "This is the last active administrator. Make somebody else one first."
            )
        return cleaned


class PasswordLinkInline(admin.TabularInline):  # type: ignore[type-arg]
    """Who was sent a link to choose a password, and whether it was used. Never the link itself."""

    model = PasswordLink
    fields = readonly_fields = ("purpose", "address", "made_at", "made_by", "expires_at", "used_at")
    extra = 0
    can_delete = False
    verbose_name_plural = "links to choose a password"

    def has_add_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return False


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = PersonForm
    list_display = ("name", "email", "username", "role", "organisation", "is_active", "last_login")
    list_filter = ("role", "is_active", "organisation__region")
    list_select_related = ("organisation",)
    search_fields = ("full_name", "email", "username", "organisation__name")
    search_help_text = "Name, e-mail address, user name or organisation"
    autocomplete_fields = ("organisation",)
    readonly_fields = ("has_password", "has_second_factor", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("full_name", "email", "username", "phone", "time_zone")}),
        ("Place", {"fields": ("role", "organisation", "is_active")}),
        (
            "Signing in",
            {"fields": ("has_password", "has_second_factor", "last_login", "date_joined")},
        ),
    )
    inlines = (PasswordLinkInline,)
    actions = ("send_invitation", "deactivate", "end_sessions", "reset_second_factor")
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """What somebody did stays theirs: people are deactivated, not deleted."""
        return False

    def save_model(
        self, request: HttpRequest, obj: Person, form: "forms.ModelForm[Any]", change: bool
    ) -> None:
        """Keep the person; another address must be proven, another role or none ends sessions."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            addresses.forget_proof(obj)
        if change and {"is_active", "role", "organisation"} & set(form.changed_data):
            sessions.end_all(obj)

    @admin.display(description="password set up", boolean=True)
    def has_password(self, person: Person) -> bool:
        return person.has_usable_password()

    @admin.display(description="second step set up", boolean=True)
    def has_second_factor(self, person: Person) -> bool:
        return second_factor.has_factor(person)

    @admin.action(description="Send invitation")
    def send_invitation(self, request: PersonRequest, people: QuerySet[Person]) -> None:
        """Mail each a link to set up their password; say why where that makes no sense."""
        for person in people:
            try:
                invite(person, by=Actor.of(request.user))
            except InvitationRefused as refusal:
                messages.warning(request, str(refusal))
            else:
                self.log_change(request, person, "Invitation sent.")
                messages.success(request, f"An invitation to {person.email} is on its way.")

    @admin.action(description="Deactivate, and end all sessions")
    def deactivate(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        for person in people:
            if _is_last_administrator(person):
                messages.warning(request, f"{person.name} is the last active administrator.")
                continue
            Person.objects.filter(pk=person.pk).update(is_active=False)
            sessions.end_all(person)
            self.log_change(request, person, "Deactivated.")
            messages.success(request, f"{person.name} is deactivated and signed out.")

    @admin.action(description="End all sessions")
    def end_sessions(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        for person in people:
            sessions.end_all(person)
            self.log_change(request, person, "All sessions ended.")
        messages.success(request, "They are signed out everywhere.")

    @admin.action(description="Remove the second step (lost phone)")
    def reset_second_factor(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        for person in people:
            second_factor.remove_all(person)
            sessions.end_all(person)
            self.log_change(request, person, "Second step removed.")
            messages.success(request, f"{person.name} can set up a new second step.")


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "member_count")
    search_fields = ("name",)
    filter_horizontal = ("members",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        everything: QuerySet[Team] = super().get_queryset(request)
        return everything.annotate(members_counted=Count("members"))

    @admin.display(description="members", ordering="members_counted")
    def member_count(self, team: Team) -> int:
        return int(team.members_counted)  # type: ignore[attr-defined]


def _is_last_administrator(person: Person) -> bool:
    administrators = Person.objects.active().filter(role=Role.ADMINISTRATOR)
    is_one = administrators.filter(pk=person.pk).exists()
    return is_one and not administrators.exclude(pk=person.pk).exists()

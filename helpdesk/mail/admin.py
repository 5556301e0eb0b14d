"""Django admin for the ledgers (to look at and release from), suppressed addresses, words."""

import json
from typing import Any
from uuid import uuid4

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from helpdesk.mail import ledger, outbox, raw_source, suppression
from helpdesk.mail.admin_forms import MailTemplateForm, SuppressedAddressForm
from helpdesk.mail.isolated_page import isolated_page
from helpdesk.mail.models import (
    InboundMail,
    InboundRaw,
    MailTemplate,
    OutboundMail,
    SuppressedAddress,
)
from helpdesk.mail.rendering import RenderedMail, render_wording
from helpdesk.mail.wording import Wording, shipped_kind
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

COUNTED_AT_MOST = 5000


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than people page: a ledger of millions opens like one of hundreds."""

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows[: COUNTED_AT_MOST + 1].count()


class LedgerAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To look at only; what may be done with a row is an action."""

    paginator = BoundedPaginator
    show_full_result_count = False
    ordering = ("-pk",)
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(InboundMail)
class InboundMailAdmin(LedgerAdmin):
    list_display = ("received_at", "from_address", "mail_subject", "state", "reason", "deliveries")
    list_filter = ("state", "source")
    search_fields = ("=message_key",)
    search_help_text = "Message-ID, without angle brackets"
    actions = ("process_again", "not_spam")
    exclude = ("evidence", "history", "auth", "recipients_key", "is_cleared")
    readonly_fields = ("raw_source", "why", "what_people_did", "who_vouches")

    @admin.action(description="Process again")
    def process_again(self, request: HttpRequest, queryset: QuerySet[InboundMail]) -> None:
        self._release(request, queryset, ledger.process_again)

    @admin.action(description="This is not spam: process again without suspicion")
    def not_spam(self, request: HttpRequest, queryset: QuerySet[InboundMail]) -> None:
        self._release(request, queryset, ledger.not_spam)

    @admin.display(description="raw source")
    def raw_source(self, mail: InboundMail) -> SafeString | str:
        if not InboundRaw.objects.filter(pk=mail.pk).exists():
            return "not kept"
        address = reverse("admin:mail_inboundmail_raw", args=[mail.pk])
        return format_html('<a href="{}">Download mail-{}.eml</a>', address, mail.pk)

    @admin.display(description="evidence")
    def why(self, mail: InboundMail) -> SafeString:
        return _as_json(mail.evidence)

    @admin.display(description="what people did")
    def what_people_did(self, mail: InboundMail) -> SafeString:
        return _as_json(mail.history)

    @admin.display(description="who vouches for the sender")
    def who_vouches(self, mail: InboundMail) -> SafeString:
        return _as_json(mail.auth)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.download_raw)
        return [
            path("<int:pk>/raw/", view, name="mail_inboundmail_raw"),
            *super().get_urls(),
        ]

    def download_raw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bytes as they came, as a download that no browser opens."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return raw_source.download(pk, by=str(request.user))

    def _release(self, request: HttpRequest, mails: QuerySet[InboundMail], release: Any) -> None:
        count = 0
        for mail in mails:
            try:
                release(mail, by=_actor(request))
                count += 1
            except ledger.NotPossible as error:
                self.message_user(request, f"Mail {mail.pk}: {error}", messages.WARNING)
        if count:
            self.message_user(request, f"{count} mails are processed again now.")


@admin.register(OutboundMail)
class OutboundMailAdmin(LedgerAdmin):
    list_display = ("created_at", "to_address", "subject", "kind", "state", "last_error")
    list_filter = ("state", "held_by", "kind")
    search_fields = ("=message_id", "=to_key")
    search_help_text = "Message-ID without angle brackets, or the whole address"
    actions = ("resend", "cancel")
    fields = (
        "created_at",
        ("to_address", "to_name"),
        "cc",
        "subject",
        "words",
        "kind",
        "message_id",
        "automatic",
        "state",
        "held_by",
        "attempts",
        "next_attempt_at",
        "last_error",
        "smtp_reply",
        "accepted_at",
        "bounced_at",
        "is_hard_bounce",
        "subject_kind",
        "subject_id",
    )
    readonly_fields = ("words",)

    @admin.action(description="Send again")
    def resend(self, request: HttpRequest, queryset: QuerySet[OutboundMail]) -> None:
        done = sum(outbox.resend(mail, by=_actor(request)) for mail in queryset)
        self.message_user(
            request,
            f"{done} of {len(queryset)} mails are sent again. Mails that were accepted, that "
            "still wait or that held a secret are not.",
        )

    @admin.action(description="Cancel what waits")
    def cancel(self, request: HttpRequest, queryset: QuerySet[OutboundMail]) -> None:
        done = sum(outbox.cancel(mail) for mail in queryset)
        self.message_user(request, f"{done} of {len(queryset)} mails are cancelled.")

    @admin.display(description="text")
    def words(self, mail: OutboundMail) -> SafeString | str:
        if mail.is_private:
            return "Not shown: it holds a link that is as good as a password."
        return format_html("<pre>{}</pre>", mail.text)


@admin.register(SuppressedAddress)
class SuppressedAddressAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = SuppressedAddressForm
    list_display = ("address", "cause", "since", "detail", "lifted_at")
    list_filter = ("cause", ("lifted_at", admin.EmptyFieldListFilter))
    search_fields = ("address",)
    actions = ("lift",)

    @admin.action(description="Send mail to these addresses again")
    def lift(self, request: HttpRequest, queryset: QuerySet[SuppressedAddress]) -> None:
        for one in queryset:
            suppression.lift(one)
        self.message_user(request, f"{len(queryset)} addresses get mail again.")


@admin.register(MailTemplate)
class MailTemplateAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = MailTemplateForm
    list_display = ("kind", "language", "subject", "preview")
    list_filter = ("language",)
    readonly_fields = ("preview",)
    actions = ("send_test",)

    @admin.action(description="Send a test to my address")
    def send_test(self, request: HttpRequest, queryset: QuerySet[MailTemplate]) -> None:
        person = request.user
        assert isinstance(person, Person)  # noqa: S101 - the admin lets nobody else in
        for template in queryset:
            mail = _example(template)
            outbox.queue(
                outbox.Mailbox(person.email, person.name),
                kind="template_test",
                key=str(uuid4()),
                subject=mail.subject,
                text=mail.text,
                html=mail.html,
                language=template.language,
            )
        self.message_user(request, f"On its way to {person.email}, filled with example values.")

    @admin.display(description="preview")
    def preview(self, template: MailTemplate) -> SafeString | str:
        if not template.pk:
            return "Save it first."
        address = reverse("admin:mail_mailtemplate_preview", args=[template.pk])
        return format_html('<a href="{}" target="_blank" rel="noopener">Open</a>', address)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.show_preview)
        return [
            path("<int:pk>/preview/", view, name="mail_mailtemplate_preview"),
            *super().get_urls(),
        ]

    def show_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The mail with example values, as its reader sees it."""
        template = self.get_object(request, str(pk))
        if template is None or not self.has_view_permission(request, template):
            raise Http404("There is no such template.")
        return isolated_page(_example(template).html)


def _example(template: MailTemplate) -> RenderedMail:
    shipped = shipped_kind(template.kind, "en")
    wording = Wording(template.subject, template.text, template.html)
    values = shipped.examples if shipped else {}
    return render_wording(wording, values, language=template.language)


def _as_json(value: object) -> SafeString:
    return format_html("<pre>{}</pre>", json.dumps(value, indent=2, ensure_ascii=False))


def _actor(request: HttpRequest) -> Actor:
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - the admin lets nobody else in
    return Actor.of(person)

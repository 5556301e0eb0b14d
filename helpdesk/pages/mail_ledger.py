"""The ledger of mail in the console: does it add up, what became of each mail, and once more.

For leads and administrators; the bytes of a mail are for administrators alone.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from cases import kinds
from cases.console.queues import counted
from cases.mailroom import by_mail
from cases.models import Case
from helpdesk.mail import ceilings, ledger, outbox, raw_source
from helpdesk.mail.authentication import AuthVerdict
from helpdesk.mail.models import InboundMail, OutboundMail
from helpdesk.mail.states import (
    OUTSTANDING,
    RESENDABLE,
    WITHOUT_EFFECT,
    InboundState,
    OutboundState,
)
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.gates import leads_only
from helpdesk.people.models import Person, Role
from helpdesk.people.requests import PersonRequest

Row = TypeVar("Row", InboundMail, OutboundMail)
DAYS = 14
NEWEST_FIRST = Order("id")
SUSPECTED = frozenset({InboundState.SPAM, InboundState.QUARANTINED})
TONES: dict[str, str] = {
    InboundState.PENDING: "sky",
    InboundState.CASED: "eucalypt",
    InboundState.REPLIED: "eucalypt",
    InboundState.SPAM: "wattle",
    InboundState.QUARANTINED: "wattle",
    InboundState.REJECTED: "waratah",
    OutboundState.SENDING: "sky",
    OutboundState.ACCEPTED: "eucalypt",
    OutboundState.SUPPRESSED: "wattle",
    OutboundState.BOUNCED: "waratah",
    OutboundState.FAILED: "waratah",
}


@leads_only
@require_GET
def inbound(request: PersonRequest) -> HttpResponse:
    """Every mail that came in, newest first, under the balance of the last days."""
    chosen = _chosen(request, InboundState.values)
    mails = InboundMail.objects.filter(state=chosen) if chosen else InboundMail.objects.all()
    page = _page(request, mails.defer("evidence", "history", "auth", "last_error"))
    today = datetime.now(UTC).date()
    days = ledger.balance(today - timedelta(days=DAYS - 1), today)[::-1]
    context = _list_context(request, page, chosen=chosen, states=InboundState.choices)
    context |= {
        "days": [(day, list(day.states.values()), _difference(day)) for day in days],
        "wrong_days": [(day, sum(day.states.values())) for day in days if not day.adds_up],
    }
    return render(request, "console/mail/inbound.html", context)


@leads_only
@require_GET
def inbound_mail(request: PersonRequest, pk: int) -> HttpResponse:
    """One mail: what became of it, why, and what may be done with it."""
    mail = get_object_or_404(InboundMail, pk=pk)
    head = raw_source.head_of(pk)
    may_release = mail.copy_of_id is None and mail.state in WITHOUT_EFFECT and head is not None
    context = {
        "mail": mail,
        "tone": TONES.get(mail.state, ""),
        "case": _case_of(mail, reader=request.user),
        "auth": AuthVerdict.stored(mail.auth),
        "evidence": json.dumps(mail.evidence, indent=2, ensure_ascii=False),
        "head": head,
        "may_release": may_release,
        "may_clear": may_release and mail.state in SUSPECTED,
        "claims_to_be_ours": mail.reason == by_mail.UNPROVEN,
        "may_download": head is not None and request.user.role == Role.ADMINISTRATOR,
        "queues": _queues(request),
        "is_mail": True,
    }
    return render(request, "console/mail/mail.html", context)


@leads_only
@require_GET
def raw(request: PersonRequest, pk: int) -> HttpResponse:
    """The bytes as they came; to anybody but an administrator there is no such page."""
    if request.user.role != Role.ADMINISTRATOR:
        raise Http404("There is no such page for you.")
    return raw_source.download(pk, by=str(request.user))


@leads_only
@require_POST
def process_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a mail that had no effect another run."""
    return _release(request, pk, ledger.process_again)


@leads_only
@require_POST
def not_spam(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that no suspicion holds the mail any more; it runs again."""
    return _release(request, pk, ledger.not_spam)


@leads_only
@require_GET
def outbound(request: PersonRequest) -> HttpResponse:
    """Every mail that was to leave, newest first, under what became of those of the last days."""
    chosen = _chosen(request, OutboundState.values)
    mails = OutboundMail.objects.filter(state=chosen) if chosen else OutboundMail.objects.all()
    page = _page(request, mails.defer("text", "html", "headers", "attachments"))
    today = datetime.now(UTC).date()
    days = ledger.outbound_balance(today - timedelta(days=DAYS - 1), today)[::-1]
    context = _list_context(request, page, chosen=chosen, states=OutboundState.choices)
    context |= {
        "days": [(day, list(day.states.values()), _missing(day)) for day in days],
        "wrong_days": [(day, sum(day.states.values())) for day in days if not day.adds_up],
        "resendable": RESENDABLE,
        "ceiling": ceilings.standing(),
    }
    return render(request, "console/mail/outbound.html", context)


@leads_only
@require_GET
def outbound_mail(request: PersonRequest, pk: int) -> HttpResponse:
    """One mail as it was decided, what became of it, and what may be done."""
    mail = get_object_or_404(OutboundMail, pk=pk)
    context = {
        "mail": mail,
        "tone": TONES.get(mail.state, ""),
        "case": _case_about(mail, reader=request.user),
        "may_resend": mail.state in RESENDABLE and not mail.is_private,
        "is_waiting": mail.state in OUTSTANDING,
        "queues": _queues(request),
        "is_mail": True,
    }
    return render(request, "console/mail/outbound_mail.html", context)


@leads_only
@require_POST
def resend(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a mail that did not arrive once more."""
    mail = get_object_or_404(OutboundMail, pk=pk)
    if outbox.resend(mail, by=Actor.of(request.user)):
        messages.success(request, f"The mail to {mail.to_address} is sent again now.")
    else:
        messages.error(
            request,
            "It was not sent again. It was accepted, still waits, or held a secret that is gone.",
        )
    return redirect("mail-ledger:outbound-mail", pk=pk)


def _release(request: PersonRequest, pk: int, release: Callable[..., None]) -> HttpResponse:
    try:
        release(get_object_or_404(InboundMail, pk=pk), by=Actor.of(request.user))
    except ledger.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The mail is processed again now.")
    return redirect("mail-ledger:mail", pk=pk)


def _chosen(request: PersonRequest, states: list[str]) -> str:
    """The state in the address, if it is one."""
    chosen = request.GET.get("state", "")
    return chosen if chosen in states else ""


def _page(request: PersonRequest, rows: QuerySet[Row]) -> Page[Row]:
    try:
        return page_of(rows, order=NEWEST_FIRST, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(rows, order=NEWEST_FIRST)


def _list_context(
    request: PersonRequest, page: Page[Row], *, chosen: str, states: list[tuple[str, str]]
) -> dict[str, object]:
    return {
        "rows": [(row, TONES.get(row.state, "")) for row in page.rows],
        "page": page,
        "chosen": chosen,
        "states": states,
        "queues": _queues(request),
        "is_mail": True,
    }


def _difference(day: ledger.InboundDay) -> int:
    return abs(day.received - sum(day.states.values()))


def _missing(day: ledger.OutboundDay) -> int:
    return abs(day.intended - sum(day.states.values()))


def _case_of(mail: InboundMail, *, reader: Person) -> Case | None:
    if mail.subject_kind != kinds.SUBJECT or mail.subject_id is None:
        return None
    return Case.objects.visible_to(reader).filter(pk=mail.subject_id).first()


def _case_about(mail: OutboundMail, *, reader: Person) -> Case | None:
    visible = Case.objects.visible_to(reader)
    if mail.subject_id is None:
        return None
    if mail.subject_kind == "message":
        return visible.filter(messages__pk=mail.subject_id).first()
    if mail.subject_kind == kinds.SUBJECT:
        return visible.filter(pk=mail.subject_id).first()
    return None


def _queues(request: PersonRequest) -> list[tuple[object, bool]]:
    return [(one, False) for one in counted(request.user)]

"""The query words for chats. Every surface starts from `visible_to` or `held_by`."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from helpdesk.people.models import Person

if TYPE_CHECKING:
    from chat.models import Conversation, Line, Visit


class VisitQuerySet(models.QuerySet["Visit"]):
    """Words that say which visits."""

    def unended(self, *, at: datetime) -> Self:
        return self.filter(ended_at=None, expires_at__gt=at)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Words that say which conversations."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """For the inbox: everything to ours, nothing to anybody else."""
        if isinstance(person, Person) and person.is_active and person.is_staff_member:
            return self
        return self.none()

    def held_by(self, visit: "Visit") -> Self:
        """For the pop-up: of a vouched client all that they had as such, else this browser's.

        What somebody began in a client's name without a voucher is not theirs to read here: the
        two would share it.
        """
        if visit.person_id is None:
            return self.filter(visit=visit, person=None)
        return self.filter(person_id=visit.person_id)

    def locked_one(self, pk: int) -> "Conversation":
        """Lock one row and return it as it is now. Raises Conversation.DoesNotExist."""
        return self.select_for_update(of=("self",)).select_related("agent", "site").get(pk=pk)

    def waiting(self) -> Self:
        return self.filter(state="waiting")

    def of_agent(self, person: Person) -> Self:
        return self.filter(agent=person, state="active")

    def unended(self) -> Self:
        return self.exclude(state="ended")

    def quiet(self, *, at: datetime) -> Self:
        """Those whose client's time is up: the sweep of `chat.idle` looks at them."""
        return self.filter(quiet_due_at__lte=at)

    def claimed(self, pk: int) -> "Conversation | None":
        """Lock one of these, unless another worker or a door has it in hand."""
        locked = self.select_for_update(skip_locked=True, of=("self",))
        return locked.select_related("agent", "site", "case").filter(pk=pk).first()


class LineQuerySet(models.QuerySet["Line"]):
    """Words that say which lines. Whatever a client reads starts from `public`."""

    def public(self) -> Self:
        return self.filter(public_number__isnull=False)

    def to_file(self, *, at: datetime) -> Self:
        return self.filter(filing_due_at__lte=at)

    def to_mail(self, *, at: datetime) -> Self:
        return self.filter(mail_due_at__lte=at)

    def claimed(self, pk: int) -> "Line | None":
        """Lock one of these lines, unless another worker has it in hand."""
        return self.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()

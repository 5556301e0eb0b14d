"""What the API tells of cases: every field is named here, none comes by itself."""

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.lifecycle import State
from cases.models import Case, CaseType, Channel, Characteristic, Merge, Priority
from cases.sla.metrics import Metric
from cases.sla.standing import Ring, Standing
from cases.thread.models import Message, MessageFile
from helpdesk.people.models import Person, Role


class PromiseOut(serializers.Serializer[Standing]):
    """One promise: `due_at` bears the offset of the calendar's `zone`; seconds are working time."""

    metric = serializers.ChoiceField(choices=Metric.choices)
    state = serializers.ChoiceField(
        source="ring.value", choices=[(ring.value, ring.value) for ring in Ring]
    )
    due_at = serializers.SerializerMethodField()
    zone = serializers.CharField()
    consumed_seconds = serializers.IntegerField()
    target_seconds = serializers.IntegerField()

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_due_at(self, standing: Standing) -> str | None:
        if standing.due_at is None:
            return None
        return standing.due_at.astimezone(ZoneInfo(standing.zone)).isoformat()


class CaseOut(serializers.Serializer[Case]):
    """A case as its row in a list. Totals count public messages alone."""

    number = serializers.CharField(source="shown_number")
    subject = serializers.CharField()
    type = serializers.ChoiceField(choices=CaseType.choices)
    category = serializers.CharField(source="category.name", allow_null=True, default=None)
    priority = serializers.ChoiceField(choices=Priority.choices)
    characteristics = serializers.ListField(
        child=serializers.ChoiceField(choices=Characteristic.choices)
    )
    url = serializers.CharField()
    channel = serializers.ChoiceField(choices=Channel.choices)
    state = serializers.ChoiceField(choices=[(state.value, state.value) for state in State])
    client = serializers.CharField(source="client.name")
    organisation = serializers.CharField(source="organisation.name", allow_null=True, default=None)
    assignee = serializers.CharField(source="assignee.name", allow_null=True, default=None)
    version = serializers.IntegerField()
    message_count = serializers.IntegerField()
    created_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)


class CaseWithPromisesOut(CaseOut):
    """A case with the last promise of each metric, and where it goes on if it was merged."""

    promises = serializers.SerializerMethodField()
    merged_into = serializers.SerializerMethodField()

    @extend_schema_field(PromiseOut(many=True))
    def get_promises(self, case: Case) -> list[Any]:
        return [PromiseOut(standing).data for standing in self.context["promises"]]

    def get_merged_into(self, case: Case) -> str | None:
        kept = Merge.objects.kept_for([case]).get(case.pk)
        return kept.shown_number if kept is not None else None


class FileOut(serializers.Serializer[MessageFile]):
    """A file of a message; its `url` wants the token too."""

    public_id = serializers.CharField(source="file.public_id")
    filename = serializers.CharField(source="file.filename")
    content_type = serializers.CharField(source="file.content_type")
    size = serializers.IntegerField(source="file.size")
    url = serializers.SerializerMethodField()

    def get_url(self, attached: MessageFile) -> str:
        return reverse("api:file", args=[self.context["number"], attached.file.public_id])


class MessageOut(serializers.Serializer[Message]):
    """A message. Internal ones are among them for our own people only."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField(default_timezone=UTC)
    author = serializers.CharField(source="author_label")
    is_ours = serializers.BooleanField()
    is_automatic = serializers.BooleanField()
    channel = serializers.ChoiceField(choices=Channel.choices)
    text = serializers.CharField()
    files = FileOut(many=True)


class MessageForUsOut(MessageOut):
    """The same for our own people, who write internal notes."""

    internal = serializers.SerializerMethodField()

    def get_internal(self, message: Message) -> bool:
        return not message.is_public


class CasePageOut(serializers.Serializer[Any]):
    """Some cases, newest change first; `next` is the `cursor` of the next page."""

    next = serializers.CharField(allow_null=True)
    results = CaseOut(many=True)


class MessagePageOut(serializers.Serializer[Any]):
    """Some messages, oldest first; `next` is the `cursor` of the next page."""

    next = serializers.CharField(allow_null=True)
    results = MessageOut(many=True)


class MeOut(serializers.Serializer[Person]):
    """Whose token it is."""

    username = serializers.CharField()
    name = serializers.CharField()
    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=Role.choices)
    organisation = serializers.CharField(source="organisation.name", allow_null=True, default=None)
    token = serializers.SerializerMethodField()
    is_read_only = serializers.SerializerMethodField()
    expires_at = serializers.SerializerMethodField()

    def get_token(self, person: Person) -> str:
        return str(self.context["token"].name)

    def get_is_read_only(self, person: Person) -> bool:
        return bool(self.context["token"].is_read_only)

    def get_expires_at(self, person: Person) -> str:
        return str(self.context["token"].expires_at.isoformat())

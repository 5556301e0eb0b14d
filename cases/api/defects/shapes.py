"""What the API takes and tells of defects: every field is named here, none comes by itself."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from cases.defects.lifecycle import State
from cases.defects.models import Defect, Severity
from helpdesk.api.receiving import KnownFields
from helpdesk.people.models import Person


class DefectFilterIn(KnownFields):
    """The query of the list."""

    state = serializers.ChoiceField(
        choices=[(state.value, state.label) for state in State], required=False
    )
    severity = serializers.ChoiceField(choices=Severity.choices, required=False)
    component = serializers.CharField(required=False, allow_blank=True, max_length=80)
    q = serializers.CharField(required=False, allow_blank=True, max_length=200)
    cursor = serializers.CharField(required=False, allow_blank=True, max_length=500)


class AttachIn(KnownFields):
    """Which defect caused the case: its number, such as D-0042."""

    defect = serializers.RegexField(r"^[Dd]-[0-9]{1,9}\Z", max_length=12)


class DetachIn(KnownFields):
    """Why the defect is not the cause after all; the client of the case reads it."""

    reason = serializers.CharField(default="", allow_blank=True, max_length=1_000)


class DefectOut(serializers.Serializer[Defect]):
    """What clients may read of a defect of their cases."""

    number = serializers.CharField(source="shown_number")
    title = serializers.CharField()
    severity = serializers.IntegerField()
    component = serializers.CharField()
    affected_versions = serializers.CharField()
    fixed_version = serializers.CharField()
    state = serializers.ChoiceField(choices=[(state.value, state.value) for state in State])
    public_text = serializers.CharField()
    workaround = serializers.CharField()
    declined_because = serializers.CharField()
    created_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)


class DefectForUsOut(DefectOut):
    """The same for our own people: the notes, the version, and how many cases it caused."""

    internal_notes = serializers.CharField()
    version = serializers.IntegerField()
    case_count = serializers.IntegerField()
    merged_into = serializers.CharField(
        source="merged_into.shown_number", allow_null=True, default=None
    )


class DefectPageOut(serializers.Serializer[Any]):
    """Some defects, newest change first; `next` is the `cursor` of the next page."""

    next = serializers.CharField(allow_null=True)
    results = DefectOut(many=True)


class DefectsOut(serializers.Serializer[Any]):
    """The defects of one case, in the order in which they were attached."""

    results = DefectOut(many=True)


def told(defect: Defect, *, reader: Person) -> Any:
    """The defect as far as `reader` may read it."""
    return (DefectForUsOut if reader.is_staff_member else DefectOut)(defect).data

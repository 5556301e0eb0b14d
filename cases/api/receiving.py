"""What the API takes: the fields of each request, by name, with their bounds."""

from typing import Any

from rest_framework import serializers

from cases.actions.opening import Question
from cases.lifecycle import State
from cases.models import CaseType, Category, Channel, Characteristic, Priority
from cases.thread.adding import Writing
from helpdesk.api.receiving import KnownFields

MOST_CHARACTERS = 60_000


class CaseFilterIn(KnownFields):
    """The query of the list."""

    state = serializers.ChoiceField(
        choices=[(state.value, state.label) for state in State], required=False
    )
    priority = serializers.ChoiceField(choices=Priority.choices, required=False)
    q = serializers.CharField(required=False, allow_blank=True, max_length=200)
    cursor = serializers.CharField(required=False, allow_blank=True, max_length=500)


class PageIn(KnownFields):
    """The query of any other list."""

    cursor = serializers.CharField(required=False, allow_blank=True, max_length=500)


class NothingIn(KnownFields):
    """A query without fields."""


class CaseIn(KnownFields):
    """A new case."""

    subject = serializers.CharField(max_length=250)
    text = serializers.CharField(max_length=MOST_CHARACTERS)
    type = serializers.ChoiceField(choices=CaseType.choices, default=CaseType.QUESTION)
    category = serializers.SlugRelatedField(
        slug_field="name",
        queryset=Category.objects.filter(is_offered=True),
        default=None,
        allow_null=True,
    )
    priority = serializers.ChoiceField(choices=Priority.choices, default=Priority.MEDIUM)
    characteristics = serializers.ListField(
        child=serializers.ChoiceField(choices=Characteristic.choices), default=list, max_length=3
    )
    url = serializers.URLField(max_length=2000, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        is_critical = attrs["priority"] == Priority.CRITICAL
        if is_critical and not attrs["characteristics"]:
            raise serializers.ValidationError(
                {"characteristics": ["A critical case has at least one of these."]}
            )
        return attrs

    @staticmethod
    def question(values: dict[str, Any]) -> Question:
        """The case that these values ask for."""
        is_critical = values["priority"] == Priority.CRITICAL
        return Question(
            subject=values["subject"],
            type=values["type"],
            category=values["category"],
            priority=values["priority"],
            characteristics=tuple(values["characteristics"]) if is_critical else (),
            url=values["url"],
        )


class MessageIn(KnownFields):
    """A new message: with `version`, only if the case is still as the sender saw it."""

    text = serializers.CharField(max_length=MOST_CHARACTERS)
    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    internal = serializers.BooleanField(default=False)


class PriorityIn(KnownFields):
    """A new priority, why, and what makes it critical."""

    priority = serializers.ChoiceField(choices=Priority.choices)
    reason = serializers.CharField(default="", allow_blank=True, max_length=1_000)
    characteristics = serializers.ListField(
        child=serializers.ChoiceField(choices=Characteristic.choices), default=list, max_length=3
    )


class MergeIn(KnownFields):
    """The number of the case that goes on; `lets_in` where people would read both only then."""

    into = serializers.IntegerField(min_value=1, max_value=10**12)
    lets_in = serializers.BooleanField(default=False)


class ReasonIn(KnownFields):
    """Why a case is closed or opened again; may be left out."""

    reason = serializers.CharField(default="", allow_blank=True, max_length=1_000)


def writing_of(text: str) -> Writing:
    """What was written, as it came by the API."""
    return Writing(text=text, channel=Channel.API)

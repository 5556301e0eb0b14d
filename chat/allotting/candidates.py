"""Who could be given a chat, and what it wants: read from the rows for `choosing`."""

from collections import Counter
from typing import Any

from django.db.models import Count, QuerySet

from chat.allotting.choosing import Candidate, Wanted, primary
from chat.allotting.models import Offer, Profile
from chat.models import Availability, Conversation
from helpdesk.people.models import Team

_MOST_BY_DEFAULT = int(Availability._meta.get_field("most_at_once").get_default())


def wanted_by(conversation: Conversation) -> Wanted:
    """The skills of the site and those that an answer names; what is known of the client."""
    person, organisation = conversation.person, conversation.case.organisation
    skills = {skill.name for skill in conversation.site.rule.skills.all()}
    answers = {answer for answer in conversation.answers.values() if isinstance(answer, str)}
    return Wanted(
        skills=frozenset(name.casefold() for name in skills | answers),
        language=person.language if person else "",
        region=organisation.region.code if organisation else "",
        team=conversation.team_id,
    )


def locked_candidates(conversation: Conversation, here: set[int]) -> list[Candidate]:
    """Those of `here`, locked in one order, with what they have in hand now."""
    profiles = _locked_profiles(here)
    in_hand, lapses, most = _in_hand(here), _lapses(conversation), _most_at_once(here)
    teams = frozenset(filter(None, [conversation.team_id]))
    members = _members(conversation.team_id)
    return [
        Candidate(
            agent=profile.pk,
            most_at_once=most.get(profile.pk, _MOST_BY_DEFAULT),
            in_hand=in_hand[profile.pk],
            skills=frozenset(skill.name.casefold() for skill in profile.skills.all()),
            languages=_languages(profile),
            regions=frozenset(region.code for region in profile.regions.all()),
            teams=teams if profile.pk in members else frozenset(),
            given_at=profile.given_at,
            lapses=lapses[profile.pk],
        )
        for profile in profiles
    ]


def _locked_profiles(here: set[int]) -> list[Profile]:
    Profile.objects.bulk_create(
        [Profile(person_id=pk) for pk in sorted(here)], ignore_conflicts=True
    )
    locked = Profile.objects.select_for_update(of=("self",)).filter(pk__in=here).order_by("pk")
    return list(locked.select_related("person").prefetch_related("skills", "regions"))


def _in_hand(here: set[int]) -> Counter[int]:
    """Chats in talk and chats just given, by agent."""
    talks = Conversation.objects.filter(state=Conversation.State.ACTIVE, agent__in=here)
    offers = Offer.objects.unsettled().filter(person__in=here)
    return _counted(talks, "agent") + _counted(offers, "person")


def _lapses(conversation: Conversation) -> Counter[int]:
    return _counted(conversation.offers.filter(outcome=Offer.Outcome.LAPSED), "person")


def _counted(rows: "QuerySet[Any]", of: str) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list(of).annotate(Count("pk"))))


def _most_at_once(here: set[int]) -> dict[int, int]:
    rows = Availability.objects.filter(person__in=here)
    return dict(rows.values_list("person", "most_at_once"))


def _members(team: int | None) -> set[int]:
    if team is None:
        return set()
    return set(Team.objects.filter(pk=team).values_list("members", flat=True))


def _languages(profile: Profile) -> frozenset[str]:
    typed = profile.languages.replace(",", " ").split() or [profile.person.language]
    return frozenset(primary(language) for language in typed)

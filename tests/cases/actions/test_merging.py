"""Two cases about one thing become one (sla.md part 4, merge; lessons 7 and 14)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cases.actions.assigning import assign
from cases.actions.joining import join
from cases.actions.merging import merge, problem_with, who_gains_sight
from cases.actions.moving import move
from cases.actions.refusing import Refused
from cases.defects.actions.attaching import attach
from cases.lifecycle import Move
from cases.models import Case, Merge
from cases.sla.models import SlaTimer
from cases.telling import clients_of_merge
from cases.thread.models import Message
from helpdesk.calendars.presets import load_preset
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation, Person
from tests.builders import a_case, a_message, a_note, a_policy
from tests.cases.defects.desk import a_defect

pytestmark = pytest.mark.django_db


def open_due(case: Case) -> dict[str, datetime | None]:
    return {timer.metric: timer.due_at for timer in SlaTimer.objects.filter(case=case).open()}


def fresh(*cases: Case) -> list[Case]:
    return [Case.objects.get(pk=case.pk) for case in cases]


@pytest.fixture
def policy(db: None) -> None:
    load_preset("anz", by="test", now=datetime.now(UTC))
    a_policy("medium", first_response="8 hours", next_response="8 hours", resolution="3 days")
    a_policy("high", first_response="2 hours", next_response="2 hours")


def test_the_whole_thread_goes_on_in_the_kept_case(ada: Person, carla: Person) -> None:
    source, kept = a_case(carla, details="First."), a_case(carla, details="Second.")
    a_note(source, by=ada, text="Seen before.")
    a_message(kept, by=ada, text="Third.")
    merge(source, into=kept, by=Actor.of(ada))
    source, kept = fresh(source, kept)
    texts = list(kept.messages.in_order().values_list("text", flat=True))
    assert texts == ["First.", "Second.", "Seen before.", "Third."]
    assert (source.message_count, kept.message_count) == (0, 3)
    assert (source.state, source.messages.count()) == ("merged", 0)


def test_each_message_notes_the_number_under_which_it_was_written(
    ada: Person, carla: Person
) -> None:
    first, second, last = a_case(carla), a_case(carla), a_case(carla)
    merge(first, into=second, by=Actor.of(ada))
    merge(second, into=last, by=Actor.of(ada))
    came = [message.evidence.get("came_from") for message in last.messages.order_by("pk")]
    assert came == [first.shown_number, second.shown_number, None]


def test_both_journals_lead_to_the_other_case(ada: Person, carla: Person) -> None:
    source, kept = a_case(carla), a_case(carla, subject="No rows")
    merge(source, into=kept, by=Actor.of(ada))
    left, came = Entry.objects.get(kind="case.merged"), Entry.objects.get(kind="case.absorbed")
    assert left.sentence == (
        f"Ada Lovelace merged this case into case {kept.shown_number}, which goes on."
    )
    assert came.sentence == (
        f"Ada Lovelace merged case {source.shown_number} into this one: Report is empty"
    )
    assert (left.subject_id, came.subject_id) == (source.pk, kept.pk)


def test_a_chain_of_merges_leads_straight_to_the_end(ada: Person, carla: Person) -> None:
    first, second, last = a_case(carla), a_case(carla), a_case(carla)
    merge(first, into=second, by=Actor.of(ada))
    merge(second, into=last, by=Actor.of(ada))
    assert set(Merge.objects.values_list("case", "into")) == {
        (first.pk, last.pk),
        (second.pk, last.pk),
    }


def test_the_promises_end_and_a_miss_stays_where_it_was(
    ada: Person, carla: Person, policy: None
) -> None:
    """`sla.md` 8.7."""
    source, kept = a_case(carla), a_case(carla)
    SlaTimer.objects.filter(case=source, metric="resolution").update(breached_at=timezone.now())
    merge(source, into=kept, by=Actor.of(ada))
    states = dict(SlaTimer.objects.filter(case=source).values_list("metric", "state"))
    assert states == {"first_response": "cancelled", "resolution": "cancelled"}
    assert fresh(source)[0].next_due_at is None


def test_merging_into_a_relaxed_case_wins_no_time(ada: Person, carla: Person, policy: None) -> None:
    """`sla.md` 4.11."""
    source, kept = a_case(carla, priority="high"), a_case(carla, priority="medium")
    due = open_due(source)["first_response"]
    resolution = open_due(kept)["resolution"]
    merge(source, into=kept, by=Actor.of(ada))
    assert open_due(kept) == {"first_response": due, "resolution": resolution}


def test_a_message_that_waits_is_owed_on_a_case_that_was_answered(
    ada: Person, carla: Person, policy: None
) -> None:
    source, kept = a_case(carla), a_case(carla)
    a_message(kept, by=ada, then=Move.WAIT_FOR_CLIENT)
    due = open_due(source)["first_response"]
    merge(source, into=kept, by=Actor.of(ada))
    (kept,) = fresh(kept)
    assert open_due(kept)["next_response"] == due
    assert (kept.state, kept.unanswered_since) == ("open", source.created_at)


def test_an_answer_on_the_other_case_answers_nothing_here(ada: Person, carla: Person) -> None:
    kept, source = a_case(carla), a_case(carla)
    a_message(source, by=ada)
    merge(source, into=kept, by=Actor.of(ada))
    assert fresh(kept)[0].unanswered_since == kept.created_at


def test_an_ended_case_goes_into_an_open_one_and_not_the_other_way(
    ada: Person, carla: Person
) -> None:
    ended, running = a_case(carla), a_case(carla)
    move(ended, Move.RESOLVE, by=Actor.of(ada))
    with pytest.raises(Refused, match="has ended"):
        merge(running, into=ended, by=Actor.of(ada))
    assert merge(ended, into=running, by=Actor.of(ada)).state == "new"


def test_a_case_is_not_merged_into_itself(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    with pytest.raises(Refused, match="into itself"):
        merge(case, into=case, by=Actor.of(ada))


def test_a_merged_case_is_merged_no_further(ada: Person, carla: Person) -> None:
    source, kept, other = a_case(carla), a_case(carla), a_case(carla)
    merge(source, into=kept, by=Actor.of(ada))
    with pytest.raises(Refused, match="is merged"):
        merge(source, into=other, by=Actor.of(ada))
    with pytest.raises(Refused, match="is merged"):
        merge(other, into=source, by=Actor.of(ada))


def test_cases_of_two_organisations_stay_apart(ada: Person, carla: Person, gil: Person) -> None:
    source, kept = a_case(carla), a_case(gil)
    before = Entry.objects.count(), Message.objects.filter(case=kept).count()
    with pytest.raises(Refused, match="different organisations"):
        merge(source, into=kept, by=Actor.of(ada), lets_in=True)
    assert (Entry.objects.count(), Message.objects.filter(case=kept).count()) == before


def test_two_clients_who_do_not_see_each_others_cases_stay_apart(
    ada: Person, carla: Person, ivy: Person
) -> None:
    source, kept = a_case(carla), a_case(ivy)
    with pytest.raises(Refused, match="Acme does not share cases"):
        merge(source, into=kept, by=Actor.of(ada), lets_in=True)


def test_two_clients_of_an_organisation_that_shares_both_go_on(
    ada: Person, carla: Person, ivy: Person, acme: Organisation
) -> None:
    Organisation.objects.filter(pk=acme.pk).update(shares_cases=True)
    source, kept = fresh(a_case(carla), a_case(ivy))
    merge(source, into=kept, by=Actor.of(ada))
    joined = kept.participants.filter(state="joined").values_list("person", flat=True)
    assert list(joined) == [carla.pk]


def test_a_guest_of_one_case_reads_the_other_only_if_we_say_so(
    ada: Person, carla: Person, gil: Person
) -> None:
    source, kept = a_case(carla), a_case(carla)
    join(source, gil, by=Actor.of(ada))
    with pytest.raises(Refused, match=f"Gil Tran .case {kept.shown_number}."):
        merge(source, into=kept, by=Actor.of(ada))
    merge(source, into=kept, by=Actor.of(ada), lets_in=True)
    assert Case.objects.visible_to(gil).filter(pk=kept.pk).exists()


def test_a_guest_of_the_kept_case_would_read_the_other_too(
    ada: Person, carla: Person, gil: Person
) -> None:
    source, kept = a_case(carla), a_case(carla)
    join(kept, gil, by=Actor.of(ada))
    (gain,) = who_gains_sight(source, kept)
    assert (gain.person, gain.case) == (gil, source)
    assert problem_with(source, kept) == ""


def test_who_watched_goes_on_watching_and_gains_nothing(
    ada: Person, ben: Person, carla: Person
) -> None:
    source, kept = a_case(carla), a_case(carla)
    join(source, ben, by=Actor.of(ben))
    merge(source, into=kept, by=Actor.of(ada))
    assert kept.participants.get().person == ben


def test_no_client_merges(carla: Person, cem: Person) -> None:
    source, kept = a_case(carla), a_case(carla)
    with pytest.raises(Refused, match="Only our own people"):
        merge(source, into=kept, by=Actor.of(cem))


def test_defects_go_along_once(ada: Person, carla: Person) -> None:
    source, kept = a_case(carla), a_case(carla)
    both, alone = a_defect(ada), a_defect(ada)
    attach(both, [source, kept], by=Actor.of(ada))
    attach(alone, [source], by=Actor.of(ada))
    merge(source, into=kept, by=Actor.of(ada))
    links = set(kept.defect_links.values_list("defect", flat=True))
    assert (links, source.defect_links.count()) == ({both.pk, alone.pk}, 0)
    both.refresh_from_db()
    assert both.case_count == 1


def test_everybody_on_the_clients_side_is_told_once(
    ada: Person, carla: Person, ivy: Person, acme: Organisation
) -> None:
    Organisation.objects.filter(pk=acme.pk).update(shares_cases=True)
    source, kept = fresh(a_case(carla), a_case(ivy))
    merge(source, into=kept, by=Actor.of(ada))
    entry = Entry.objects.get(kind="case.merged")
    clients_of_merge(entry)
    clients_of_merge(entry)
    told = OutboundMail.objects.filter(kind="case_merged").order_by("to_address")
    assert [mail.to_address for mail in told] == ["carla@acme.example", "ivy@acme.example"]
    assert source.shown_number in told[0].text


@pytest.mark.parametrize("act", ["write", "assign", "join"])
def test_nothing_happens_on_a_merged_case_any_more(act: str, ada: Person, carla: Person) -> None:
    source, kept = a_case(carla), a_case(carla)
    merge(source, into=kept, by=Actor.of(ada))
    acts: dict[str, Callable[[], object]] = {
        "write": lambda: a_message(source, by=carla),
        "assign": lambda: assign(source, ada, by=Actor.of(ada)),
        "join": lambda: join(source, ada, by=Actor.of(ada)),
    }
    with pytest.raises(Refused, match="merged into another"):
        acts[act]()


def test_merging_later_is_noted_at_its_own_time(ada: Person, carla: Person) -> None:
    at = timezone.now() + timedelta(minutes=5)
    kept = merge(a_case(carla), into=a_case(carla), by=Actor.of(ada), at=at)
    assert kept.updated_at == at

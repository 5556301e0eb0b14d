"""The doors of the SLA: what the actions on a case call, in their transaction, in order.

The caller has locked the case's row. Each door stores events and timers and sets
`next_due_at`, `next_due_metric` and `has_missed` on the instance; the caller saves them.
`at` is the instant of the event itself, such as the receipt of a message by our server.
"""

from datetime import datetime

from django.utils import timezone

from cases.lifecycle import ACTIVE, ENDED, State
from cases.models import Case, Priority
from cases.sla.case_clocks import CaseClocks
from cases.sla.logbook import Clock
from cases.sla.metrics import RESPONSES, Metric, is_paused_in
from cases.sla.plans import Plans, plans_for
from cases.sla.reckoning import EventKind, RunState, whole_second
from helpdesk.people.actors import Actor

_SPAM, _NO_TARGET = "spam", "no_target"
_UNPAUSED = frozenset({State.NEW, State.OPEN})


def start(
    case: Case,
    *,
    at: datetime,
    by: Actor,
    is_ours: bool = False,
    no_later_than: datetime | None = None,
) -> None:
    """Start the promises of a new case, received at `at`.

    `is_ours` says that somebody of ours wrote to the client first: there is no first response
    to give, and news is owed from that message on. `no_later_than` is the due time of the
    response that a split takes along.
    """
    clocks = CaseClocks(case, [], at=_settled(at, case), by=by)
    plans = plans_for(case, at=clocks.at)
    first = plans.get(Metric.FIRST_RESPONSE)
    if first is not None:
        clock = clocks.begin(first, no_later_than=no_later_than)
        if is_ours:
            clocks.note(clock, EventKind.CANCEL, why="We wrote first.")
    if resolution := plans.get(Metric.RESOLUTION):
        clocks.begin(resolution)
    if is_ours:
        _begin_update(clocks, plans)
    clocks.write()


def follow_message(
    case: Case, *, is_ours: bool, is_public: bool, is_automatic: bool, at: datetime, by: Actor
) -> None:
    """Follow a message. Internal notes and automatic messages promise and answer nothing."""
    if is_automatic or not is_public:
        return
    clocks = CaseClocks.read(case, at=_settled(at, case), by=by)
    if is_ours:
        _answered(clocks)
    else:
        _heard(clocks)
    clocks.write()


def follow_move(case: Case, *, before: State, after: State, at: datetime, by: Actor) -> None:
    """Follow a change of state: pauses, ends, reopening, spam."""
    if {before, after} <= _UNPAUSED or {before, after} <= ENDED or before == after:
        return
    clocks = CaseClocks.read(case, at=_settled(at, case), by=by)
    if after == State.SPAM:
        _cancel_all(clocks, why="Marked as spam.", because=_SPAM)
    elif before == State.SPAM:
        _restart(clocks)
    elif after in ENDED:
        _end(clocks)
    else:
        if before in ENDED:
            _reopen(clocks)
        _set_pauses(clocks, after)
    clocks.write()


def follow_priority(case: Case, *, at: datetime, by: Actor, why: str = "") -> None:
    """Follow a change of priority, organisation, type or policy (`sla.md` part 4, first row)."""
    clocks = CaseClocks.read(case, at=_settled(at, case), by=by)
    plans = plans_for(case, at=clocks.at)
    why = why or f"The priority is now {Priority(case.priority).label}."
    for clock in clocks.open():
        plan = plans.get(Metric(clock.metric))
        if plan is None:
            clocks.note(clock, EventKind.CANCEL, why="No target any more.", because=_NO_TARGET)
        else:
            clocks.retarget(clock, plan, why=why)
            _set_pause(clocks, clock, case.current_state, plan.is_paused_in(case.current_state))
    if case.current_state in ACTIVE:
        _begin_newly_promised(clocks, plans, why=why)
    clocks.write()


def cancel(case: Case, *, at: datetime, by: Actor, why: str) -> None:
    """Drop the open promises of a case that is deleted or was a test. Misses stay."""
    clocks = CaseClocks.read(case, at=_settled(at, case), by=by)
    _cancel_all(clocks, why=why, because="cancelled")
    clocks.write()


def need_no_reply(case: Case, *, at: datetime, by: Actor, why: str) -> None:
    """An agent says that the client's message needs no answer; the log keeps who and why."""
    clocks = CaseClocks.read(case, at=_settled(at, case), by=by)
    for clock in clocks.covering(Metric.NEXT_RESPONSE):
        clocks.note(clock, EventKind.STOP, why=why, because="no_reply_needed")
    clocks.write()


def hand_over_response(
    case: Case, *, keeps_own: bool, at: datetime, by: Actor, why: str
) -> datetime | None:
    """Return when the response that `case` owes is due, as an unanswered message leaves it.

    The response is dropped here, unless the case keeps a message of its own that waits.
    """
    clocks = CaseClocks.read(case, at=_settled(at, case), by=by)
    owed = [clock for clock in clocks.open() if clock.metric in RESPONSES]
    due = min((clock.state.due_at for clock in owed if clock.state.due_at), default=None)
    for clock in owed if not keeps_own else ():
        clocks.note(clock, EventKind.CANCEL, why=why, because="moved")
    clocks.write()
    return due


def owe_response(case: Case, *, no_later_than: datetime, at: datetime, by: Actor, why: str) -> None:
    """Owe a response on `case` for a message that came from another, no later than there."""
    clocks = CaseClocks.read(case, at=_settled(at, case), by=by)
    _owe_response(clocks, no_later_than, why=why)
    clocks.write()


def when_merged(case: Case, *, into: Case, at: datetime, by: Actor) -> None:
    """Drop the promises of `case`; its unanswered message is owed on `into` no later than here.

    Both rows are locked. Merging can never win time.
    """
    merged = CaseClocks.read(case, at=_settled(at, case), by=by)
    owed = [clock for clock in merged.open() if clock.metric in RESPONSES]
    due = min((clock.state.due_at for clock in owed if clock.state.due_at), default=None)
    _cancel_all(merged, why=f"Merged into case {into.shown_number}.", because="merged")
    merged.write()
    if due is not None:
        why = f"Merged from case {case.shown_number}."
        owe_response(into, no_later_than=due, at=merged.at, by=by, why=why)


def when_split(
    case: Case,
    *,
    into: Case,
    at: datetime,
    by: Actor,
    takes_unanswered: bool,
    is_still_unanswered: bool,
) -> None:
    """Start the promises of `into`, made of messages of `case`, at the split.

    `takes_unanswered` says that a message without an answer went along: its due time goes too.
    `is_still_unanswered` says that another one stays on `case`; if none does, nothing is owed
    there any more. Both rows are locked. Splitting can never win time.
    """
    source = CaseClocks.read(case, at=_settled(at, case), by=by)
    owed = [clock for clock in source.open() if clock.metric in RESPONSES]
    due = min((clock.state.due_at for clock in owed if clock.state.due_at), default=None)
    if takes_unanswered and not is_still_unanswered:
        for clock in owed:
            why = f"Moved to case {into.shown_number}."
            source.note(clock, EventKind.CANCEL, why=why, because="split")
        source.write()
    start(into, at=at, by=by, no_later_than=due if takes_unanswered else None)


def _settled(at: datetime, case: Case) -> datetime:
    """Whole seconds, not before the case nor in the future (`sla.md` part 5, Clock)."""
    return whole_second(max(min(at, timezone.now()), case.created_at))


def _answered(clocks: CaseClocks) -> None:
    """A person of ours wrote to the client: responses are given, the next news is owed from now.

    A message recorded late ends what ran at its own time, and begins nothing that a later
    message has begun already.
    """
    for metric in (Metric.FIRST_RESPONSE, Metric.NEXT_RESPONSE, Metric.UPDATE):
        for clock in clocks.covering(metric):
            clocks.note(clock, EventKind.STOP, because="answered")
    latest = clocks.latest(Metric.UPDATE)
    is_late = latest is not None and latest.state.started_at > clocks.at
    if clocks.case.current_state in ACTIVE and not is_late:
        _begin_update(clocks, plans_for(clocks.case, at=clocks.at))


def _begin_update(clocks: CaseClocks, plans: Plans) -> None:
    plan = plans.get(Metric.UPDATE)
    if plan is None:
        return
    state = clocks.case.current_state
    _set_pause(clocks, clocks.begin(plan), state, plan.is_paused_in(state))


def _heard(clocks: CaseClocks) -> None:
    """The client wrote: the clock runs from the oldest message that is not answered yet."""
    first, following = clocks.latest(Metric.FIRST_RESPONSE), clocks.latest(Metric.NEXT_RESPONSE)
    is_first_owed = clocks.case.first_answered_at is None if first is None else first.is_open
    if is_first_owed or clocks.case.current_state == State.SPAM:
        return
    if clocks.covering(Metric.NEXT_RESPONSE):
        return
    if following is not None and following.is_open:
        clocks.note(following, EventKind.START, **following.terms.payload)
        return
    if plan := plans_for(clocks.case, at=clocks.at).get(Metric.NEXT_RESPONSE):
        clocks.begin(plan)


def _end(clocks: CaseClocks) -> None:
    """Resolved or closed: news is not owed any more, everything else is judged now."""
    for clock in clocks.open():
        if clock.metric == Metric.UPDATE:
            clocks.note(clock, EventKind.CANCEL, why="The case ended.", because="resolved")
        else:
            clocks.note(clock, EventKind.STOP, because="resolved")


def _reopen(clocks: CaseClocks) -> None:
    """The resolution goes on in the same cycle, on the terms that hold now."""
    resolution = clocks.latest(Metric.RESOLUTION)
    if resolution is None or resolution.state.state != RunState.STOPPED:
        return
    at = max(clocks.at, resolution.state.as_of)
    clocks.note(resolution, EventKind.RESUME, at=at, reopens=True, because="reopened")
    if plan := plans_for(clocks.case, at=clocks.at).get(Metric.RESOLUTION):
        clocks.retarget(resolution, plan, at=at, why="The terms had changed in the meantime.")


def _set_pauses(clocks: CaseClocks, state: State) -> None:
    """Let stand still what the policies say for `state`, and run everything else."""
    for clock in clocks.open():
        policy = clock.row.policy
        is_wanted = is_paused_in(
            state,
            clock.metric,
            pauses_while_waiting=policy.pauses_while_waiting,
            pauses_on_hold=policy.pauses_on_hold,
        )
        _set_pause(clocks, clock, state, is_wanted)


def _set_pause(clocks: CaseClocks, clock: Clock, state: State, is_wanted: bool) -> None:
    """A client's message may be older than the pause it ends; then that pause took no time."""
    is_paused = clock.state.state == RunState.PAUSED
    if is_wanted and not is_paused:
        clocks.note(clock, EventKind.PAUSE, because=state.value)
    elif is_paused and not is_wanted:
        at = max(clocks.at, clock.state.as_of)
        clocks.note(clock, EventKind.RESUME, at=at, because=state.value)


def _cancel_all(clocks: CaseClocks, *, why: str, because: str) -> None:
    for clock in clocks.open():
        clocks.note(clock, EventKind.CANCEL, why=why, because=because)


def _restart(clocks: CaseClocks) -> None:
    """It was no spam: the client has waited all along, so time counts from the old start."""
    plans = plans_for(clocks.case, at=clocks.at)
    for metric in (Metric.FIRST_RESPONSE, Metric.NEXT_RESPONSE, Metric.RESOLUTION):
        latest, plan = clocks.latest(metric), plans.get(metric)
        if latest is not None and plan is not None and _was_cancelled(latest, because=_SPAM):
            clocks.begin(plan, at=latest.state.started_at, why="It was no spam.")


def _begin_newly_promised(clocks: CaseClocks, plans: Plans, *, why: str) -> None:
    """Start what had no target before, from now: nobody can be late for what was not promised."""
    case = clocks.case
    is_answered = case.first_answered_at is not None
    wanted = {
        Metric.FIRST_RESPONSE: not is_answered,
        Metric.NEXT_RESPONSE: is_answered and case.unanswered_since is not None,
        Metric.RESOLUTION: True,
    }
    for metric, is_wanted in wanted.items():
        plan, latest = plans.get(metric), clocks.latest(metric)
        is_new = latest is None or _was_cancelled(latest, because=_NO_TARGET)
        if plan is not None and is_wanted and is_new:
            clock = clocks.begin(plan, why=why)
            _set_pause(clocks, clock, case.current_state, plan.is_paused_in(case.current_state))


def _owe_response(clocks: CaseClocks, due: datetime, *, why: str) -> None:
    for clock in clocks.open():
        if clock.metric in RESPONSES:
            terms = {**clock.terms.payload, "no_later_than": due.isoformat(), "why": why}
            terms["target_seconds"] = clock.state.target_seconds
            terms["calendar_version"] = clock.state.calendar
            clocks.note(clock, EventKind.RETARGET, **terms)
            return
    if plan := plans_for(clocks.case, at=clocks.at).get(Metric.NEXT_RESPONSE):
        clocks.begin(plan, no_later_than=due, why=why)


def _was_cancelled(clock: Clock, *, because: str) -> bool:
    return (
        clock.state.state == RunState.CANCELLED and clock.log[-1].payload.get("because") == because
    )

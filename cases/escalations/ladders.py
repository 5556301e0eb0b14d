"""Which ladder a policy has, and who stands on a rung of it for a case."""

from django.db.models import F, Q

from cases.escalations.models import Chain, Level
from cases.models import Case
from helpdesk.people.models import Person


def chain_for(policy_id: int) -> Chain | None:
    """The policy's own active chain, else the general one."""
    fitting = Chain.objects.filter(Q(policy=policy_id) | Q(policy=None), is_active=True)
    return fitting.order_by(F("policy_id").asc(nulls_last=True)).first()


def people_of(case: Case, who: Level.Who) -> list[Person]:
    """Everybody active on that rung; a case without assignee or team has nobody there."""
    people = Person.objects.active().staff()
    if who == Level.Who.ASSIGNEE:
        return list(people.filter(pk=case.assignee_id))
    if who == Level.Who.TEAM:
        return list(people.filter(teams=case.team_id))
    return list(Person.objects.leads())

"""Finding what a portal page shows. What may not be seen is not found."""

from django.http import Http404

from cases.models import Case
from helpdesk.people.models import Person


def case_or_404(person: Person, number: int) -> Case:
    """The case with this number if `person` may see it; otherwise the same 404 as for none."""
    try:
        return Case.objects.visible_to(person).for_rows().get(number=number)
    except Case.DoesNotExist as error:
        raise Http404("There is no such case among yours.") from error

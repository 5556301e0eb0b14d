"""The request of somebody who is signed in, for views behind `login_required`."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from helpdesk.people.models import Person


class PersonRequest(HttpRequest):
    """A request whose user is a person."""

    user: Person
    htmx: HtmxDetails

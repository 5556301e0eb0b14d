"""Who a user name or an address with a password is, and who a session belongs to."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from helpdesk.people.models import Person
from helpdesk.people.sign_in.second_factor import has_factor, is_required_of


class SignInBackend(BaseBackend):
    """By user name or e-mail address, in any letter case, with one statement and one hash."""

    def authenticate(  # type: ignore[override]
        self,
        request: HttpRequest | None,
        *,
        username: str = "",
        email: str = "",
        password: str = "",
    ) -> Person | None:
        """Return the person, or None for an unknown name, a wrong password, a deactivated person.

        Each of these costs the same time: exactly one password is hashed.
        """
        if not password:
            return None
        person: Person | None = Person.objects.named(email or username).first()
        if person is None:
            make_password(password)
            return None
        return person if person.check_password(password) and person.is_active else None

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session: nobody once deactivated, or without a factor they must have."""
        person: Person | None = (
            Person.objects.active()
            # With the brand of their region, which every page shows.
            .select_related("organisation__region__brand")
            .filter(pk=user_id)
            .first()
        )
        if person is not None and is_required_of(person) and not has_factor(person):
            return None
        return person

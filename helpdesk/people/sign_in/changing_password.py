"""Changing one's password while signed in; every other session ends with the old one."""

from typing import Any

from allauth.account.views import PasswordChangeView, PasswordSetView
from django.http import HttpResponse

from helpdesk.people.models import Person
from helpdesk.people.sign_in import sessions
from helpdesk.people.sign_in.choosing_a_password import NewPasswordForm
from helpdesk.people.sign_in.confirming import check_current_password, current_password_field


class SetPasswordForm(NewPasswordForm):
    """For who came in by single sign-on and has no password yet."""

    def __init__(self, user: Person, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def save(self) -> None:
        self.user.set_password(self.cleaned_data["password1"])
        self.user.save(update_fields=["password"])


class ChangePasswordForm(SetPasswordForm):
    """The current password, then a new one twice."""

    oldpassword = current_password_field()
    field_order = ("oldpassword", "password1", "password2")

    def clean_oldpassword(self) -> str:
        return check_current_password(self.cleaned_data["oldpassword"], person=self.user)


class ChangePasswordView(PasswordChangeView):  # type: ignore[misc]
    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        sessions.end_others(self.request)
        return response


class SetPasswordView(PasswordSetView):  # type: ignore[misc]
    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        sessions.end_others(self.request)
        return response

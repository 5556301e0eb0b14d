from django.apps import AppConfig


class SignInConfig(AppConfig):
    """How people come in: links, limits, second factors, single sign-on."""

    name = "helpdesk.people.sign_in"
    label = "sign_in"
    verbose_name = "Sign-in"

from django.apps import AppConfig


class MailConfig(AppConfig):
    """The mechanics of mail: ledger, outbox, ways in and out."""

    name = "helpdesk.mail"
    label = "mail"

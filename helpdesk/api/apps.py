from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The floor of the API: tokens, errors, paging, schema. The rooms bring the resources."""

    name = "helpdesk.api"
    label = "api"

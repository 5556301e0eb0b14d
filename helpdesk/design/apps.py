from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "helpdesk.design"
    label = "design"
    verbose_name = "Design language"

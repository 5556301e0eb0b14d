from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PeopleConfig(AppConfig):
    """Who there is: organisations, persons, teams, roles."""

    name = "helpdesk.people"
    label = "people"
    default = True


class AdministrationConfig(admin_apps.AdminConfig):
    """Django's admin, let in by our own sign-in."""

    default = False
    default_site = "helpdesk.people.admin_site.AdministrationSite"

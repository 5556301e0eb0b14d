"""The app that owns user groups, topics and posts."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "knowledgebase.community"
    verbose_name = "User groups"

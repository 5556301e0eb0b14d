"""The app that owns training events and registrations."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "knowledgebase.training"
    verbose_name = "Training"

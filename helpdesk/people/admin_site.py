"""Django's admin, for administrators alone and behind our own sign-in."""

from collections.abc import Iterable
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse

OURS = ("helpdesk.", "cases.", "chat.", "knowledgebase.")


class AdministrationSite(admin.AdminSite):
    """Signs in where everybody does: the stock form has neither limits nor a second factor."""

    site_header = "Waratah administration"
    site_title = "Waratah administration"
    index_title = "Administration"
    site_url = "/"

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response

    def register(
        self,
        model_or_iterable: ModelBase | Iterable[ModelBase],
        admin_class: "type[admin.ModelAdmin[Any]] | None" = None,
        **options: Any,
    ) -> None:
        """Register our own models only: the pages of third parties show tokens and secrets."""
        models = (
            [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        )
        ours = [model for model in models if model.__module__.startswith(OURS)]
        super().register(ours, admin_class, **options)

"""What administrators keep of defects: how long people may answer. The rest is to look at.

Defects themselves are worked in the console, through their doors, and not here.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from cases.defects.campaigns.models import Campaign, DefectPolicy
from cases.defects.models import Defect
from cases.defects.surges.models import Surge


@admin.register(DefectPolicy)
class DefectPolicyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """How long people have to say whether a fix helped them."""

    list_display = ("__str__", "answer_days", "notice_days")
    list_select_related = ("organisation",)
    autocomplete_fields = ("organisation",)


class ToLookAt(admin.ModelAdmin):  # type: ignore[type-arg]
    """Nothing is added, changed or deleted here."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Defect)
class DefectAdmin(ToLookAt):
    list_display = ("number", "title", "severity", "state", "case_count", "updated_at")
    list_filter = ("state", "severity")
    search_fields = ("title",)


@admin.register(Campaign)
class CampaignAdmin(ToLookAt):
    list_display = ("defect", "occasion", "state", "named_version", "send_at", "finished_at")
    list_filter = ("state", "occasion")
    list_select_related = ("defect",)


@admin.register(Surge)
class SurgeAdmin(ToLookAt):
    list_display = ("subject", "state", "raised_at", "settled_by")
    list_filter = ("state",)

"""Django admin for regions, holidays and calendars. Hours change by publishing only."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from helpdesk.calendars.admin_forms import HOURS_FIELDS, CalendarExceptionForm, CalendarForm
from helpdesk.calendars.holiday_source import bring_in_holidays
from helpdesk.calendars.hours_text import text_of_hours
from helpdesk.calendars.lint import Severity, holidays_due, lint_calendar
from helpdesk.calendars.models import (
    Calendar,
    CalendarException,
    CalendarVersion,
    Holiday,
    Region,
)
from helpdesk.calendars.publishing import publish_region, publish_version
from helpdesk.calendars.versions import schedule_of, weekly_of
from helpdesk.calendars.working_time import WEEKDAYS


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "code", "country", "subdivision", "time_zone", "emergency_phone")
    search_fields = ("name", "code")
    actions = ("bring_in",)

    @admin.action(description="Bring in this and next year’s holidays", permissions=["change"])
    def bring_in(self, request: HttpRequest, queryset: QuerySet[Region]) -> None:
        now = timezone.now()
        for region in queryset:
            try:
                added = sum(
                    bring_in_holidays(region, year=year, by=str(request.user), at=now)
                    for year in (now.year, now.year + 1)
                )
            except LookupError as error:
                self.message_user(request, str(error), messages.ERROR)
                continue
            self.message_user(
                request,
                f"{region}: {added} holidays added. Look them through and confirm them.",
                messages.SUCCESS,
            )


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("date", "name", "region", "is_observed", "source", "confirmed_by")
    list_filter = (
        "region",
        "is_observed",
        "source",
        ("confirmed_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("region",)
    search_fields = ("name",)
    date_hierarchy = "date"
    readonly_fields = ("source", "confirmed_by", "confirmed_at")
    actions = ("confirm",)

    @admin.action(description="Confirm", permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[Holiday]) -> None:
        confirmed = queryset.filter(confirmed_at=None).update(
            confirmed_by=str(request.user), confirmed_at=timezone.now()
        )
        self.message_user(request, f"{confirmed} holidays confirmed.", messages.SUCCESS)

    def save_model(
        self, request: HttpRequest, obj: Holiday, form: "ModelForm[Any]", change: bool
    ) -> None:
        """Whoever enters or edits a holiday has looked at it."""
        regions = {obj.region_id, form.initial.get("region", obj.region_id)}
        obj.confirmed_by, obj.confirmed_at = str(request.user), timezone.now()
        super().save_model(request, obj, form, change)
        self._publish(request, regions, why=f"{obj.name}, {obj.date:%d %B %Y}")

    def delete_model(self, request: HttpRequest, obj: Holiday) -> None:
        super().delete_model(request, obj)
        self._publish(request, {obj.region_id}, why=f"Removed {obj.name}, {obj.date:%d %B %Y}")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Holiday]) -> None:
        regions = set(queryset.values_list("region_id", flat=True))
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            self._publish(request, regions, why="Removed several holidays")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "GET":
            now = timezone.now()
            for region in Region.objects.filter(calendars__observes_holidays=True).distinct():
                for finding in holidays_due(region, now=now):
                    if finding.severity is Severity.WARNING:
                        self.message_user(request, finding.sentence, messages.WARNING)
        return super().changelist_view(request, extra_context)

    def _publish(self, request: HttpRequest, regions: Iterable[int], *, why: str) -> None:
        for region in Region.objects.filter(pk__in=regions):
            publish_region(region, by=str(request.user), why=why, effective_at=timezone.now())


class CalendarExceptionInline(admin.TabularInline):  # type: ignore[type-arg]
    model = CalendarException
    form = CalendarExceptionForm
    verbose_name = "exception"
    extra = 1


@admin.register(Calendar)
class CalendarAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = CalendarForm
    inlines = (CalendarExceptionInline,)
    list_display = ("name", "purpose", "region", "time_zone", "to_look_at")
    list_select_related = ("region",)
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("to_look_at", "versions")
    fieldsets = (
        (None, {"fields": ("name", "slug", "purpose", "time_zone")}),
        ("Holidays", {"fields": ("region", "observes_holidays")}),
        (
            "Opening hours",
            {
                "fields": (*HOURS_FIELDS, "effective_on", "why"),
                "description": "One line a day, such as 09:00-12:30, 13:15-17:00, or closed. "
                "24:00 is the end of the day; hours over midnight go on in the next line.",
            },
        ),
        ("Checks", {"fields": ("to_look_at", "versions")}),
    )

    @admin.display(description="To look at")
    def to_look_at(self, calendar: Calendar) -> str:
        if calendar._state.adding:
            return "Nothing yet"
        findings = lint_calendar(calendar, now=timezone.now())
        return _lines(f"{finding.severity.title()}: {finding.sentence}" for finding in findings)

    @admin.display(description="Versions")
    def versions(self, calendar: Calendar) -> str:
        address = reverse("admin:calendars_calendarversion_changelist")
        return format_html(
            '<a href="{}?calendar__id__exact={}">What it said, and since when</a>',
            address,
            calendar.pk,
        )

    def save_related(
        self, request: HttpRequest, form: CalendarForm, formsets: Any, change: bool
    ) -> None:
        """Publish when the exceptions are saved too, so that one edit is one version.

        Hours for later leave this week's alone; what else was edited holds from now on.
        """
        super().save_related(request, form, formsets, change)
        calendar, now = form.instance, timezone.now()
        published = {"by": str(request.user), "why": form.cleaned_data["why"]}
        effective_at = form.effective_at(now=now)
        if effective_at > now and calendar.versions.exists():
            publish_version(calendar, effective_at=now, **published)
        version = publish_version(
            calendar, effective_at=effective_at, weekly=form.weekly(), **published
        )
        since = version.effective_at.astimezone(ZoneInfo(version.time_zone))
        self.message_user(
            request,
            f"Version {version.number} of {calendar} holds from {since:%d %B %Y %H:%M} "
            f"({version.time_zone}).",
        )


@admin.register(CalendarVersion)
class CalendarVersionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To read only: a version is never changed."""

    list_display = ("calendar", "number", "effective_at", "created_at", "created_by", "why")
    list_filter = ("calendar",)
    list_select_related = ("calendar",)
    ordering = ("calendar", "-number")
    fields = (
        "calendar",
        "number",
        "effective_at",
        "time_zone",
        "hours",
        "closed_on",
        "other_hours_on",
        "created_at",
        "created_by",
        "why",
    )

    @admin.display(description="Hours")
    def hours(self, version: CalendarVersion) -> str:
        week = zip(WEEKDAYS, weekly_of(version), strict=True)
        return _lines(f"{weekday}: {text_of_hours(hours)}" for weekday, hours in week)

    @admin.display(description="Holidays")
    def closed_on(self, version: CalendarVersion) -> str:
        holidays = reversed(schedule_of(version).holidays)
        return _lines(f"{holiday.date:%d %B %Y}: {holiday.name}" for holiday in holidays)

    @admin.display(description="Exceptions")
    def other_hours_on(self, version: CalendarVersion) -> str:
        return _lines(
            f"{dated.date:%d %B %Y}: {text_of_hours(dated.hours)} ({dated.reason})"
            for dated in reversed(schedule_of(version).exceptions)
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def _lines(texts: Iterable[str]) -> str:
    return format_html_join(mark_safe("<br>"), "{}", ((text,) for text in texts)) or "None"

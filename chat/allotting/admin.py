"""Django admin: skills, who has them, and how each site shares out its chats."""

from django.contrib import admin

from chat.allotting.models import Profile, Rule, Skill


@admin.register(Skill)
class SkillAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name",)
    search_fields = ("name",)


@admin.register(Profile)
class ProfileAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What one of ours can. How many chats at once, and whether they are away: availabilities."""

    list_display = ("person", "languages", "given_at")
    list_select_related = ("person",)
    raw_id_fields = ("person",)
    readonly_fields = ("given_at",)
    filter_horizontal = ("skills", "regions")


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Accept or automatic, and the sentence of a full queue; how many may wait: at the site."""

    list_display = ("site", "way", "answer_seconds")
    list_select_related = ("site",)
    filter_horizontal = ("skills",)

"""User groups: who is in them, what they talk about, and what was found wrong with it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import GeneratedField, Q
from django.db.models.functions import Now

from knowledgebase.community.querysets import GroupQuerySet, PostQuerySet, TopicQuerySet

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Group(models.Model):
    """People of several organisations who talk about one thing."""

    class Access(models.TextChoices):
        OPEN = "open", "Open: everybody reads and joins"
        PRIVATE = "private", "Private: found by all, read by members, who are let in"
        SECRET = "secret", "Secret: found by members only"

    slug = models.SlugField(max_length=60, unique=True, help_text="Part of its address.")
    name = models.CharField(max_length=100, unique=True)
    description = models.CharField(max_length=400, blank=True)
    access = models.CharField(max_length=8, choices=Access.choices, default=Access.OPEN)
    regions = models.ManyToManyField(
        "calendars.Region", blank=True, related_name="groups", help_text="None means all."
    )
    last_post_at = models.DateTimeField(db_default=Now(), editable=False)
    created_at = models.DateTimeField(db_default=Now())

    objects = GroupQuerySet.as_manager()

    if TYPE_CHECKING:
        memberships: RelatedManager["Membership"]
        topics: RelatedManager["Topic"]

    class Meta:
        ordering = ["name"]
        indexes = [models.Index("last_post_at", "id", name="group_by_activity")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.access == self.Access.OPEN


class Membership(models.Model):
    """Somebody in a group, or at its door. `handle` is how others mention them."""

    class State(models.TextChoices):
        ASKED = "asked", "You have asked to join"
        JOINED = "joined", "You are a member"
        LEFT = "left", "You have left"
        REFUSED = "refused", "You have asked to join"

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="group_memberships"
    )
    state = models.CharField(max_length=8, choices=State.choices)
    handle = models.CharField(max_length=80)
    wants_mail = models.BooleanField("a mail for every new topic", default=False)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("group", "person", name="member_once_a_group"),
            models.UniqueConstraint("group", "handle", name="handle_is_one_persons"),
        ]
        indexes = [models.Index("group", "state", "id", name="membership_in_state")]

    def __str__(self) -> str:
        return f"{self.person} in {self.group}"


class Topic(models.Model):
    """One question or subject, with its posts. `updated_at` is when somebody wrote last."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(max_length=200)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="topics"
    )
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField()
    is_locked = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)
    solution = models.ForeignKey(
        "Post", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    # One of ours asks the author whether it may become a case; so far they said nothing.
    move_asked_at = models.DateTimeField(null=True, editable=False)
    moved_at = models.DateTimeField(null=True, editable=False)

    objects = TopicQuerySet.as_manager()

    if TYPE_CHECKING:
        posts: RelatedManager["Post"]

    class Meta:
        indexes = [models.Index("group", "updated_at", "id", name="topic_of_group")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_solved(self) -> bool:
        return self.solution_id is not None


class Post(models.Model):
    """What somebody wrote, as plain text. Until `told_at` it is being mailed (see `telling`)."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="posts"
    )
    author_label = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()
    is_hidden = models.BooleanField(default=False)
    files = models.ManyToManyField("attachments.StoredFile", blank=True, related_name="posts")
    inbound_mail_id = models.BigIntegerField(null=True, editable=False, unique=True)
    # Who follows later is not told of what was written before.
    last_follower_id = models.BigIntegerField(default=0, editable=False)
    told_upto = models.BigIntegerField(default=0, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    words = GeneratedField(
        expression=SearchVector("text", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("topic", "id", name="post_of_topic"),
            models.Index("id", name="post_untold", condition=Q(told_at=None)),
            GinIndex("words", name="post_words"),
        ]

    def __str__(self) -> str:
        return f"{self.author_label}: {self.text[:40]}"


class Following(models.Model):
    """Somebody who gets the posts of a topic by mail, and how far they have read it."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="followings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings"
    )
    gets_mail = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("topic", "person", name="following_once_a_topic")]

    def __str__(self) -> str:
        return f"{self.person} on {self.topic}"


class Reaction(models.Model):
    """A sign of somebody on a post."""

    class Sign(models.TextChoices):
        THANKS = "thanks", "Thank you"
        HELPFUL = "helpful", "This helped me"
        SAME = "same", "I have this too"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reactions"
    )
    sign = models.CharField(max_length=8, choices=Sign.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint("post", "person", "sign", name="sign_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.sign} of {self.person}"


class Report(models.Model):
    """Somebody finds a post wrong; ours decide."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("post", "person", name="report_once_a_person")]
        indexes = [models.Index("id", name="report_open", condition=Q(decided_at=None))]

    def __str__(self) -> str:
        return self.reason


class Presentation(models.Model):
    """What other members read beside somebody's name."""

    class Shows(models.TextChoices):
        NOTHING = "nothing", "Nothing"
        REGION = "region", "My region"
        NAME = "name", "My organisation"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="presentation",
    )
    shows = models.CharField(max_length=8, choices=Shows.choices, default=Shows.NOTHING)

    def __str__(self) -> str:
        return self.shows

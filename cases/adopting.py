"""A topic of a user group becomes a case, with the consent of its author."""

from cases.actions.opening import Question, open_case
from cases.models import Channel
from cases.thread.adding import Writing
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from knowledgebase.community.models import Topic


def adopt_topic(entry: Entry) -> None:
    """The author agreed: open a case of theirs with the words of their first post."""
    topic = Topic.objects.select_related("author", "group").get(pk=entry.subject_id)
    first = topic.posts.order_by("pk").first()
    if topic.author is None or first is None:
        return
    text = f"{first.text}\n\n(From the user group “{topic.group.name}”.)"
    open_case(
        Question(subject=topic.title),
        Writing(text=text, channel=Channel.PORTAL),
        client=topic.author,
        by=Actor.of(topic.author),
    )

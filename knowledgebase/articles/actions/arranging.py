"""The tree of sections: adding, renaming, moving, taking away."""

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from helpdesk.people.actors import Actor
from knowledgebase.access import may_publish
from knowledgebase.articles.actions.refusing import Refused
from knowledgebase.articles.models import Section
from knowledgebase.articles.models.writing import DEEPEST

# One tree, few who change it: whoever does, does it alone.
_TREE = 7305001


@transaction.atomic
def add(name: str, *, by: Actor, parent: Section | None = None, summary: str = "") -> Section:
    """Add a section below `parent`, as the last one. Raises Refused."""
    _alone(by)
    depth = parent.depth + 1 if parent else 0
    if depth > DEEPEST:
        raise Refused("Sections go three deep at most. Choose a section further up.")
    section = Section(name=name, summary=summary, parent=parent, depth=depth)
    section.position = Section.objects.filter(parent=parent).count()
    _save(section)
    return section


@transaction.atomic
def rename(section: Section, *, name: str, summary: str, by: Actor) -> None:
    """Give a section another name; its address goes on to work. Raises Refused."""
    _alone(by)
    section.name, section.summary = name, summary
    _save(section)


@transaction.atomic
def move(section: Section, *, parent: Section | None, position: int, by: Actor) -> None:
    """Put a section, with all below it, below `parent` as number `position` (from 0).

    Raises Refused when it would stand below itself, or too deep.
    """
    _alone(by)
    below = descendants_of(section)
    if parent is not None and parent.pk in {section.pk, *(one.pk for one in below)}:
        raise Refused("A section cannot stand below itself.")
    change = (parent.depth + 1 if parent else 0) - section.depth
    if max([section.depth, *(one.depth for one in below)]) + change > DEEPEST:
        raise Refused("Sections go three deep at most. Choose a section further up.")
    section.parent, section.depth = parent, section.depth + change
    _save(section)
    Section.objects.filter(pk__in=[one.pk for one in below]).update(depth=F("depth") + change)
    _number(section, parent=parent, position=position)


@transaction.atomic
def remove(section: Section, *, by: Actor) -> None:
    """Take an empty section away. Raises Refused while anything stands in it."""
    _alone(by)
    if section.children.exists() or section.articles.exists():
        raise Refused(f"“{section.name}” is not empty. Move what stands in it first.")
    section.delete()


def descendants_of(section: Section) -> list[Section]:
    """All sections below `section`; the depth of the tree bounds the statements."""
    below: list[Section] = []
    level = [section]
    while level := list(Section.objects.filter(parent__in=level)):
        below += level
    return below


def _number(moved: Section, *, parent: Section | None, position: int) -> None:
    others = list(Section.objects.filter(parent=parent).exclude(pk=moved.pk))
    others.insert(max(0, min(position, len(others))), moved)
    for place, section in enumerate(others):
        section.position = place
    Section.objects.bulk_update(others, ["position"])


def _save(section: Section) -> None:
    try:
        with transaction.atomic():
            section.save()
    except IntegrityError as error:
        raise Refused(f"There is a section “{section.name}” at this place already.") from error


def _alone(by: Actor) -> None:
    if by.person is None or not may_publish(by.person):
        raise Refused("Leads arrange the sections. Ask one of them.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE])

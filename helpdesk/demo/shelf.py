"""The articles of the demo: what a vendor of tills explains to shops. All of it is made up."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.articles.actions import listening, publishing, settling, writing
from knowledgebase.articles.actions.listening import Opinion
from knowledgebase.articles.actions.settling import Facts
from knowledgebase.articles.actions.writing import Writing
from knowledgebase.articles.importing import import_folder
from knowledgebase.articles.models import (
    Article,
    OrganisationGroup,
    SynonymGroup,
    Translation,
    Visibility,
)
from knowledgebase.articles.searching.indexing import index, learn_words
from knowledgebase.articles.searching.words import normal

HERE = Path(__file__).resolve().parent
SYNONYMS = HERE / "synonyms.txt"
ARTICLES = HERE / "articles"

GERMAN = Writing(
    "Einen Bondrucker anschließen",
    "Öffnen Sie **Einstellungen, Geräte, Bondrucker** und wählen Sie **Suchen**.\n\n"
    "Drucken Sie eine Testseite. Sind Buchstaben abgeschnitten, wählen Sie die Papierbreite.\n",
    "Drucker mit USB, Netzwerk und Bluetooth.",
)
FOR_PILOTS = "tap-to-pay"
FOR_US = "dead-tablet"
TRANSLATED = "pair-a-printer"
NOT_HELPFUL = "terminal-offline"
SEARCHED_IN_VAIN = (
    "invoice template",
    "apple pay",
    "apple pay",
    "kitchen printer",
    "franchise fee",
)


def fill_the_shelf(people: dict[str, Person]) -> None:
    """Import, publish and make findable; with a draft, a translation, readers and opinions."""
    if Article.objects.exists():
        return
    by = Actor.of(people["lea"])
    import_folder(ARTICLES, by=by, publish=True)
    _settle(people, by=by)
    _translate(by=by)
    _hear(people)
    for words in synonyms():
        SynonymGroup.objects.create(language="en", words=words)
    for text in Translation.objects.select_related("live"):
        index(text)
    learn_words()


def synonyms() -> list[list[str]]:
    """Groups of words that mean the same, as the search compares them."""
    lines = SYNONYMS.read_text("utf-8").splitlines()
    return [[normal(word.strip()) for word in line.split(",")] for line in lines]


def _settle(people: dict[str, Person], *, by: Actor) -> None:
    pilots = OrganisationGroup.objects.create(name="Pilot of Banksia Pocket")
    acme = people["carla"].organisation
    if acme is not None:
        pilots.organisations.add(acme)
    today = timezone.now().date()
    for name, visibility, group in (
        (FOR_PILOTS, Visibility.GROUP, pilots),
        (FOR_US, Visibility.AGENTS, None),
        (TRANSLATED, Visibility.PUBLIC, None),
    ):
        article = _named(name)
        review_on = today - timedelta(days=3)
        facts = Facts(article.section, visibility, group, people["ada"], review_on)
        settling.settle(article, facts, by=by)
    ahead = Writing(
        "Give a discount", "Press a line and choose **Discount**. To be gone on with.\n"
    )
    writing.save(_named("discounts"), ahead, language="en", by=Actor.of(people["ada"]))


def _translate(*, by: Actor) -> None:
    article = _named(TRANSLATED)
    writing.save(article, GERMAN, language="de", by=by)
    publishing.publish(article.translations.get(language="de"), by=by)


def _hear(people: dict[str, Person]) -> None:
    article = _named(NOT_HELPFUL)
    unclear = Opinion(False, "en", "tried", "The terminal shows a network symbol, and still no.")
    listening.hear(article, unclear, reader_key=f"person-{people['carla'].pk}")
    listening.hear(article, Opinion(True, "en"), reader_key=f"person-{people['gil'].pk}")
    for words in SEARCHED_IN_VAIN:
        listening.note_fruitless(words, now=timezone.now())


def _named(name: str) -> Article:
    return Article.objects.select_related("section").get(imported_from__endswith=f"/{name}.md")

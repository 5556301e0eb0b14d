"""Likely answers while somebody types a subject: the best passages, or silence."""

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser

from helpdesk.people.models import Person
from knowledgebase.articles.languages import FALL_BACK
from knowledgebase.articles.searching.ranking import PASSAGE_WORDS, Match, search
from knowledgebase.articles.searching.words import words_of

# Below this an answer is wrong too often to interrupt somebody. Chosen on the relevance set; the
# figures stand in bench/results/relevance.txt (docs/decisions/0103).
SURE_FROM = 0.4
# What is much less sure than the best one only distracts from it.
BESIDE_THE_BEST = 0.7
MOST_ANSWERS = 3
FEWEST_WORDS = 2


def likely_answers(
    subject: str,
    *,
    reader: Person | AnonymousUser,
    languages: Sequence[str] = (FALL_BACK,),
    most: int = MOST_ANSWERS,
) -> list[Match]:
    """Return up to `most` articles that likely answer `subject`, best first; [] when unsure.

    Each has the passage that answers best in `snippet`. For the case form and the chat pop-up.
    """
    if len(words_of(subject)) < FEWEST_WORDS:
        return []
    found = search(
        subject, reader=reader, languages=languages, most=most, snippet_words=PASSAGE_WORDS
    )
    best = found[0].sureness if found else 0.0
    return [match for match in found if match.sureness >= max(SURE_FROM, best * BESIDE_THE_BEST)]

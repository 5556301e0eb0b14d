"""How well the search finds: MRR and recall@5 on the committed set of questions.

    .venv/bin/python bench/on_a_desk.py bench/relevance.py

The articles are those of the demo (`helpdesk/demo/articles`), the questions and what should be
found stand in `bench/relevance_set/`. Weights were chosen on the questions with odd numbers; the
held-out half, those with even numbers, only judges. With `wordllama` installed (`pip install
wordllama`, nothing is downloaded at run time) the hybrid is measured too.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import django

django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402

from helpdesk.demo.shelf import ARTICLES, synonyms  # noqa: E402
from helpdesk.people.actors import Actor  # noqa: E402
from helpdesk.people.models import Person, Role  # noqa: E402
from knowledgebase.articles.importing import import_folder  # noqa: E402
from knowledgebase.articles.models import Article, SynonymGroup, Translation  # noqa: E402
from knowledgebase.articles.searching.indexing import index, learn_words  # noqa: E402
from knowledgebase.articles.searching.likely import SURE_FROM  # noqa: E402
from knowledgebase.articles.searching.ranking import Match, search  # noqa: E402

ROOT = Path(__file__).resolve().parent
QUESTIONS = ROOT / "relevance_set" / "queries.tsv"
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)

Rank = Callable[["Question"], list[str]]


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    words: str
    expected: frozenset[str]

    @property
    def is_typing(self) -> bool:
        return self.kind == "prefix"


def main() -> None:
    _fill()
    everything = [question for question in _questions() if question.kind != "none"]
    tuning, held_out = everything[0::2], everything[1::2]
    nothing = [question for question in _questions() if question.kind == "none"]
    print(f"{Article.objects.count()} articles; {len(everything)} questions with an answer, ")
    print(f"{len(nothing)} without; {len(tuning)} for tuning, {len(held_out)} held out\n")
    names = _names()
    found = {question.words: _found(question) for question in [*everything, *nothing]}

    def lexical(question: Question) -> list[str]:
        return [names[match.article_id] for match in found[question.words]]

    _print_table("full text", lexical, tuning=tuning, held_out=held_out, everything=everything)
    _print_misses(lexical, everything)
    _print_sureness(everything, nothing, found, names)
    _print_hybrid(tuning, held_out, everything, lexical, found, names)
    _print_speed(everything)


def _fill() -> None:
    lead = Person.objects.create_user("lea", "lea@desk.example", role=Role.LEAD)
    report = import_folder(ARTICLES, by=Actor.of(lead), publish=True)
    assert not report.refused, report
    for words in synonyms():
        SynonymGroup.objects.create(language="en", words=words)
    for text in Translation.objects.select_related("live"):
        index(text)
    learn_words()


def _questions() -> list[Question]:
    lines = QUESTIONS.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [Question(kind, words, frozenset(names.split(","))) for kind, words, names in rows]


def _names() -> dict[int, str]:
    places = Article.objects.values_list("pk", "imported_from")
    return {pk: Path(place).stem for pk, place in places}


def _found(question: Question) -> list[Match]:
    return search(
        question.words, reader=AnonymousUser(), is_typing=question.is_typing, snippet_words=0
    )


def mrr(rank: Rank, questions: Sequence[Question]) -> float:
    """The mean of one over the place of the first article that was expected."""
    return statistics.mean(_reciprocal(rank(one), one.expected) for one in questions)


def recall(rank: Rank, questions: Sequence[Question], *, at: int = 5) -> float:
    """The share of questions with an expected article among the first `at`."""
    return statistics.mean(bool(one.expected & set(rank(one)[:at])) for one in questions)


def _reciprocal(found: list[str], expected: frozenset[str]) -> float:
    places = [place for place, name in enumerate(found, 1) if name in expected]
    return 1 / places[0] if places else 0.0


def _print_table(name: str, rank: Rank, **sets: Sequence[Question]) -> None:
    print(f"{name:28}{'questions':>10}{'MRR':>8}{'recall@5':>10}")
    kinds = sorted({one.kind for one in sets["everything"]})
    of_kind = {kind: [one for one in sets["everything"] if one.kind == kind] for kind in kinds}
    for label, chosen in {**sets, **of_kind}.items():
        figures = f"{mrr(rank, chosen):8.3f}{recall(rank, chosen):10.3f}"
        print(f"  {label.replace('_', ' '):26}{len(chosen):10}{figures}")
    print()


def _print_misses(rank: Rank, questions: Sequence[Question]) -> None:
    print("not among the first five:")
    for one in questions:
        if not one.expected & set(rank(one)[:5]):
            print(f"  {one.kind}: {one.words} -> {', '.join(rank(one)[:3]) or 'nothing'}")
    print()


def _print_sureness(
    questions: Sequence[Question],
    nothing: Sequence[Question],
    found: dict[str, list[Match]],
    names: dict[int, str],
) -> None:
    print("likely answers: how often one is offered, and how often it is a right one")
    print(f"{'from':>8}{'offered':>10}{'right':>8}{'offered where there is no answer':>34}")
    asked = [one for one in questions if one.kind != "prefix"]
    for percent in range(20, 75, 5):
        least = percent / 100
        offers = [
            (one, found[one.words][0])
            for one in asked
            if found[one.words] and found[one.words][0].sureness >= least
        ]
        right = sum(names[best.article_id] in one.expected for one, best in offers)
        wrong = sum(
            bool(found[one.words]) and found[one.words][0].sureness >= least for one in nothing
        )
        share = right / len(offers) if offers else 0
        chosen = "  <- chosen" if abs(least - SURE_FROM) < 0.001 else ""
        print(f"{least:8.2f}{len(offers) / len(asked):10.2f}{share:8.2f}{wrong:34}{chosen}")
    print()


def _print_hybrid(
    tuning: Sequence[Question],
    held_out: Sequence[Question],
    everything: Sequence[Question],
    lexical: Rank,
    found: dict[str, list[Match]],
    names: dict[int, str],
) -> None:
    try:
        import wordllama
    except ImportError:
        print("hybrid: wordllama is not installed, so it was not measured\n")
        return
    # The wheel has its tokenizer where only a cache is looked for.
    shipped = Path(wordllama.__file__).parent
    model = wordllama.WordLlama.load(cache_dir=shipped, disable_download=True)
    texts = list(Translation.objects.select_related("words", "article"))
    vectors = model.embed(
        [f"{text.title}. {text.summary} {text.words.plain}" for text in texts], norm=True
    )
    keys = [names[text.article_id] for text in texts]

    def near(question: Question) -> dict[str, float]:
        asked = model.embed([question.words], norm=True)[0]
        return dict(zip(keys, (float(value) for value in vectors @ asked), strict=True))

    nearness = {one.words: near(one) for one in everything}

    def hybrid(share: float) -> Rank:
        def rank(question: Question) -> list[str]:
            sure = {names[one.article_id]: one.sureness for one in found[question.words]}
            scores = {
                key: (1 - share) * sure.get(key, 0.0) + share * value
                for key, value in nearness[question.words].items()
            }
            return sorted(scores, key=lambda key: -scores[key])[:20]

        return rank

    print(f"hybrid, by the share of the vectors {'':12}{'MRR tuning':>12}{'MRR held out':>14}")
    best = max(SHARES, key=lambda share: mrr(hybrid(share), tuning))
    for share in SHARES:
        mark = "  <- best on the tuning half" if share == best else ""
        figures = f"{mrr(hybrid(share), tuning):12.3f}{mrr(hybrid(share), held_out):14.3f}"
        print(f"  {share:<46.1f}{figures}{mark}")
    print()
    _print_table(
        f"hybrid, share {best}",
        hybrid(best),
        tuning=tuning,
        held_out=held_out,
        everything=everything,
    )
    gain = mrr(hybrid(best), held_out) - mrr(lexical, held_out)
    print(f"hybrid against full text on the held-out half: {gain:+.3f} MRR\n")


def _print_speed(questions: Sequence[Question]) -> None:
    spent = []
    for one in questions:
        began = time.perf_counter()
        search(one.words, reader=AnonymousUser(), is_typing=one.is_typing)
        spent.append((time.perf_counter() - began) * 1000)
    print(f"a search with snippets: median {statistics.median(spent):.1f} ms, ", end="")
    print(f"95 % within {sorted(spent)[int(len(spent) * 0.95)]:.1f} ms")


if __name__ == "__main__":
    main()

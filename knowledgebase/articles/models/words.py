"""The words of the search: of each text, of a whole language, and which mean the same."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class TextWords(models.Model):
    """The words of the live revision of a text: stems with their weights, and as written."""

    text = models.OneToOneField(
        "articles.Translation", primary_key=True, on_delete=models.CASCADE, related_name="words"
    )
    language = models.CharField(max_length=10)
    stems = SearchVectorField()
    as_written = SearchVectorField()
    # What snippets are cut from.
    plain = models.TextField()
    indexed_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex("stems", name="text_words_stems"),
            models.Index("indexed_at", name="text_words_age"),
        ]

    def __str__(self) -> str:
        return f"words of text {self.text_id}"


class Word(models.Model):
    """A word that stands in our texts, to mend what was mistyped."""

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=60)
    stem = models.CharField(max_length=60)
    documents = models.PositiveIntegerField()
    trigrams = ArrayField(models.CharField(max_length=3))

    class Meta:
        constraints = [models.UniqueConstraint("language", "word", name="word_once_a_language")]
        indexes = [
            models.Index("language", "stem", name="word_stem"),
            # For words that begin with what was typed so far.
            models.Index(fields=["word"], opclasses=["varchar_pattern_ops"], name="word_begins"),
            GinIndex("trigrams", name="word_trigrams"),
        ]

    def __str__(self) -> str:
        return self.word


class SynonymGroup(models.Model):
    """Words and phrases that mean the same to our readers: "till, register, cash desk"."""

    language = models.CharField(max_length=10, default="en")
    words = ArrayField(models.CharField(max_length=60), size=20)

    class Meta:
        ordering = ["words"]

    def __str__(self) -> str:
        return ", ".join(self.words)

"""The records of the articles: what is written, what readers leave, what is searched."""

from knowledgebase.articles.models.records import ArticleDay, Feedback, FruitlessSearch, Offer
from knowledgebase.articles.models.words import SynonymGroup, TextWords, Word
from knowledgebase.articles.models.writing import (
    Article,
    ArticleFile,
    OrganisationGroup,
    Revision,
    Section,
    State,
    Translation,
    Visibility,
)

__all__ = [
    "Article",
    "ArticleDay",
    "ArticleFile",
    "Feedback",
    "FruitlessSearch",
    "Offer",
    "OrganisationGroup",
    "Revision",
    "Section",
    "State",
    "SynonymGroup",
    "TextWords",
    "Translation",
    "Visibility",
    "Word",
]

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Articles, their tree and their search."""

    name = "knowledgebase.articles"
    label = "articles"

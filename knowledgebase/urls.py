"""Where the knowledge base is met: the Help Center, the console and the API."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("groups/", include("knowledgebase.community.portal.urls")),
    path("status/", include("knowledgebase.notices.portal.urls")),
    path("training/", include("knowledgebase.training.portal.urls")),
    path("console/notices/", include("knowledgebase.notices.console.urls")),
    path("help/", include("knowledgebase.articles.portal.urls")),
    path("console/training/", include("knowledgebase.training.console.urls")),
    path("console/articles/", include("knowledgebase.articles.console.urls")),
    path("api/v1/", include("knowledgebase.articles.api.urls")),
]

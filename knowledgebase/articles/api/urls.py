"""The articles below `/api/v1/`."""

from django.urls import path

from knowledgebase.articles.api import views

app_name = "articles-api"
urlpatterns = [
    path("articles/", views.Articles.as_view(), name="articles"),
    path("articles/search/", views.ArticleSearch.as_view(), name="search"),
    path("articles/<int:pk>/", views.OneArticle.as_view(), name="article"),
]

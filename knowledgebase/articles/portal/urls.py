"""The articles of the Help Center. The number finds an article, the words are for people."""

from django.urls import path

from knowledgebase.articles.portal.views import article, browsing, likely

app_name = "articles"
urlpatterns = [
    path("", browsing.home, name="home"),
    path("likely/", likely.likely, name="likely"),
    path("files/<slug:public_id>/", article.file, name="file"),
    path("sections/<int:pk>/", browsing.section, name="section"),
    path("<int:pk>/feedback/", article.feedback, name="feedback"),
    path("<int:pk>/", article.show, name="article-by-number"),
    path("<int:pk>-<slug:slug>/", article.show, name="article"),
]

"""Where articles are written: the editors' part of the console."""

from django.urls import path

from knowledgebase.articles.console.views import (
    editing,
    feedback,
    listing,
    publishing,
    revisions,
    sections,
    words,
)

app_name = "article-editing"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("new/", editing.begin, name="new"),
    path("preview/", editing.preview, name="preview"),
    path("sections/", sections.tree, name="sections"),
    path("sections/<int:pk>/", sections.change, name="change-section"),
    path("feedback/", feedback.listing, name="feedback"),
    path("feedback/<int:pk>/settlement/", feedback.settle, name="settle-feedback"),
    path("synonyms/", words.synonyms, name="synonyms"),
    path("synonyms/<int:pk>/", words.change_synonyms, name="change-synonyms"),
    path("searches/", words.searches, name="searches"),
    path("<int:pk>/", editing.edit, name="edit"),
    path("<int:pk>/facts/", editing.facts, name="facts"),
    path("<int:pk>/files/", editing.add_file, name="files"),
    path("<int:pk>/publication/", publishing.publication, name="publication"),
    path("<int:pk>/withdrawal/", publishing.withdrawal, name="withdrawal"),
    path("<int:pk>/review/", publishing.review, name="review"),
    path("<int:pk>/revisions/", revisions.history, name="revisions"),
    path("<int:pk>/revisions/<int:number>/restoration/", revisions.restore, name="restore"),
]

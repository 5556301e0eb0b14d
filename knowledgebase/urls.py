"""Where the knowledge base is met: the Help Center, the console and the API."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

"""Pictures and files of an article."""

import hashlib
from collections.abc import Mapping

from django.db import transaction

from helpdesk.attachments.storing import store
from helpdesk.people.actors import Actor
from knowledgebase.articles.models import Article, ArticleFile


@transaction.atomic
def enclose(
    article: Article,
    content: bytes,
    *,
    filename: str,
    by: Actor,
    known: Mapping[str, ArticleFile] | None = None,
) -> ArticleFile:
    """Keep a file of `article`; one that it has already (`known`, by SHA-256) is used again.

    Raises FileRefused, StorageUnavailable.
    """
    same = (known or {}).get(hashlib.sha256(content).hexdigest())
    if same is not None:
        return same
    file = store(content, filename=filename, by=by)
    return ArticleFile.objects.create(article=article, file=file, public_id=file.public_id)

"""The news that articles make."""

from helpdesk.journal.kinds import Audience, declare

ARTICLE = "article"

PUBLISHED = declare(
    "article.published",
    "{by} published “{title}” ({language}).",
    audience=Audience.CLIENT,
    icon="book-open",
)
WITHDRAWN = declare(
    "article.withdrawn",
    "{by} withdrew the article. {reason}",
    audience=Audience.AGENTS,
    icon="eye-off",
)
EDITED = declare("article.edited", "{by} changed {what}.", audience=Audience.AGENTS, icon="pencil")

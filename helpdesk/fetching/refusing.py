"""The one way in which fetching fails."""


class FetchRefused(Exception):
    """Nothing was fetched; the message says why in a sentence, and holds no word of an answer."""

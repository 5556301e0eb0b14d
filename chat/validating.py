"""What administrators may enter for a place that shows the pop-up."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

MOST_QUESTIONS = 6
_KNOWN = {"name", "label", "choices", "is_required"}


def validate_origins(value: Any) -> None:
    """Exact origins, a list of texts: scheme, host and port, nothing after. Raises."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValidationError('Give a list of texts: ["https://app.acme.example"].')
    for one in value:
        if not _is_origin(one):
            raise ValidationError(f"“{one}” is not an origin. Write https://app.acme.example.")


def validate_questions(value: Any) -> None:
    """Questions of the form before a chat. Raises ValidationError with a sentence."""
    if not isinstance(value, list) or len(value) > MOST_QUESTIONS:
        raise ValidationError(f"Give a list of at most {MOST_QUESTIONS} questions.")
    names = [one.get("name") for one in value if isinstance(one, dict)]
    if len(names) < len(value) or len(set(names)) < len(names):
        raise ValidationError("Give each question a name of its own.")
    labels = {str(one.get("label")) for one in value}
    if len(labels) < len(value):
        raise ValidationError("Give each question a label of its own: answers stand under it.")
    for one in value:
        if not all(isinstance(one.get(name), str) and one[name] for name in ("name", "label")):
            raise ValidationError("Each question has a name and a label.")
        if set(one) - _KNOWN or not _is_choice(one.get("choices", [])):
            raise ValidationError("A question has name, label, choices and is_required, no more.")


def _is_choice(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        named = parts.hostname is not None and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return (
        named
        and parts.scheme in {"http", "https"}
        and text == f"{parts.scheme}://{parts.netloc}"
        and not set(text) & set(" ;,*'\"@")
        and text.isascii()
    )

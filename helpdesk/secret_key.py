"""The key of a desk that was given none: made once, kept beside its data."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def own_secret_key(data_dir: Path) -> str:
    """Return the key kept in `data_dir`, making it (mode 600) on the first call.

    Raises ImproperlyConfigured, with what to do, where the folder cannot be written: there a
    key must come from the environment, as with several containers that have to agree on one.
    """
    path = data_dir / "secret_key"
    try:
        if not path.exists():
            _make(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"SECRET_KEY is not set and {path} cannot be written ({error.strerror}). "
            "Set SECRET_KEY in the environment."
        ) from error
    return path.read_text().strip()


def _make(path: Path) -> None:
    """Write the key whole and only then give it its name: of two makers, the first one counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secret_key-") as new:
        new.write(secrets.token_urlsafe(64))
        new.flush()
        with contextlib.suppress(FileExistsError):
            os.link(new.name, path)

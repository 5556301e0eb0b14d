"""The key of a desk that was given none: made once, kept beside its data."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def own_secret_key(data_dir: Path) -> str:
    """Return the key kept in `data_dir`, making it (mode 600) on the first call.

    Raises ImproperlyConfigured, with what to do, where the folder cannot be written: there a
    key must come from the environment, as with several containers that have to agree on one.
    """
    path = data_dir / "secret_key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    except OSError as error:
        raise ImproperlyConfigured(
            f"SECRET_KEY is not set and {path} cannot be written ({error.strerror}). "
            "Set SECRET_KEY in the environment."
        ) from error
    return path.read_text().strip()

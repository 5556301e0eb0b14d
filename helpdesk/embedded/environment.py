"""The variables of the embedded desk: what was given, and what suits where nothing was given."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from helpdesk.embedded.places import Places

# Names, in what `addresses.env` gives to others, the variables that came from there.
OURS = "EMBEDDED_DESK"
MAIL_OUT = ("EMAIL_URL", "ANYMAIL_PROVIDER", "MAIL_CATCHER")


def given(environ: Mapping[str, str]) -> dict[str, str]:
    """Return `environ` without what Django found in the `addresses.env` of an earlier desk.

    `manage.py up` has read it before it becomes the supervisor; a killed desk leaves it behind.
    """
    stale = {OURS, *environ.get(OURS, "").split(",")}
    return {name: value for name, value in environ.items() if value and name not in stale}


def missing(environ: Mapping[str, str], *, where: Places, port: int) -> dict[str, str]:
    """Return what `environ` does not say and the embedded desk has an answer for."""
    answers = {
        "DATA_DIR": str(where.data),
        "SITE_URL": f"http://localhost:{port}",
        "MAIL_INBOUND_SECRETS": _kept_secret(where.data / "mail_secret"),
        # One arena more for each thread costs more memory than it saves time.
        "MALLOC_ARENA_MAX": "2",
    }
    if not any(name in environ for name in MAIL_OUT):
        answers["MAIL_CATCHER"] = "true"
    return {name: value for name, value in answers.items() if name not in environ}


def publish(variables: Mapping[str, str], *, to: Path) -> None:
    """Let `manage.py` in another terminal be part of this desk; the settings read the file."""
    lines = [f"{name}={value}" for name, value in variables.items()]
    lines.append(f"{OURS}={','.join(variables)}")
    write_for_us_alone(to, "\n".join(lines) + "\n")


def write_for_us_alone(path: Path, text: str) -> None:
    """Write a file that holds a secret: nobody else may read it, at no moment."""
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _kept_secret(path: Path) -> str:
    if not path.exists():
        write_for_us_alone(path, secrets.token_urlsafe(24))
    return path.read_text()

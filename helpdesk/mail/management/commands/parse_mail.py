"""`manage.py parse_mail --json FILE`: what the desk makes of a raw mail."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from helpdesk.mail.reading import Attachment, ReadMail, read


class Command(BaseCommand):
    """Prints one JSON object for a mail, or one a line for many. Needs no database."""

    help = "Show what the desk makes of a raw mail."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One mail, or `--batch` with a folder of .eml files or a list of paths."""
        parser.add_argument("path", nargs="?", type=Path, help="a raw mail")
        parser.add_argument(
            "--json", action="store_true", help="print JSON (there is no other form)"
        )
        parser.add_argument("--batch", type=Path, help="a folder of .eml files, or a list of paths")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print; a mail that cannot be read gives its error and the batch goes on."""
        if options["batch"]:
            for path in _paths(options["batch"]):
                self.stdout.write(json.dumps({"file": path, **_described(Path(path))}))
        elif options["path"]:
            described = _described(options["path"])
            if "error" in described:
                described = {"file": str(options["path"]), **described}
            self.stdout.write(json.dumps(described))
        else:
            self.stderr.write("Name a mail, or a folder with --batch.")


def _paths(source: Path) -> Iterator[str]:
    if source.is_dir():
        return (str(path) for path in sorted(source.glob("*.eml")))
    lines = source.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    return (line.strip() for line in lines if line.strip())


def _described(path: Path) -> dict[str, Any]:
    try:
        return as_json(read(path.read_bytes()))
    except Exception as error:  # noqa: BLE001 - one mail must not end the batch
        return {"error": f"{type(error).__name__}: {error}"}


def as_json(mail: ReadMail) -> dict[str, Any]:
    """A mail in the format of the mail conventions."""
    return {
        "from_email": mail.from_email,
        "from_name": mail.from_name,
        "to": [address.email for address in mail.to],
        "cc": [address.email for address in mail.cc],
        "subject": mail.subject,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "text": mail.text,
        "html": mail.html,
        "reply_text": mail.reply_text,
        "attachments": [_file(attachment) for attachment in mail.attachments],
        "auto_generated": mail.auto_generated,
        "bounce": mail.bounce,
    }


def _file(attachment: Attachment) -> dict[str, Any]:
    return {
        "filename": attachment.filename,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "inline": attachment.inline,
    }

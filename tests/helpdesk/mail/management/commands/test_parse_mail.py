"""`manage.py parse_mail`: its output is a contract with whoever checks the desk from outside."""

import io
import json
from pathlib import Path

from django.core.management import call_command

MAIL = b"""\
From: Carla <carla@acme.example>
To: support@desk.example
Subject: Printer
Message-ID: <one@acme.example>
Content-Type: multipart/mixed; boundary=a

--a

It works.
--a
Content-Type: application/pdf; name=bill.pdf

%PDF
--a--
"""


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("parse_mail", *arguments, stdout=out)
    return out.getvalue()


def test_one_mail_is_one_object(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(MAIL)
    assert json.loads(run("--json", str(path))) == {
        "from_email": "carla@acme.example",
        "from_name": "Carla",
        "to": ["support@desk.example"],
        "cc": [],
        "subject": "Printer",
        "message_id": "one@acme.example",
        "in_reply_to": None,
        "references": [],
        "text": "It works.",
        "html": None,
        "reply_text": "It works.",
        "attachments": [
            {
                "filename": "bill.pdf",
                "content_type": "application/pdf",
                "size": 4,
                "inline": False,
            }
        ],
        "auto_generated": False,
        "bounce": False,
    }


def test_batch_goes_on_past_a_mail_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(b"")
    (tmp_path / "2.eml").write_bytes(MAIL)
    (tmp_path / "note.txt").write_bytes(b"not a mail")
    first, second = map(json.loads, run("--json", "--batch", str(tmp_path)).splitlines())
    assert first == {
        "file": str(tmp_path / "1.eml"),
        "error": "MailUnreadable: The mail is empty.",
    }
    assert (second["file"], second["subject"]) == (str(tmp_path / "2.eml"), "Printer")


def test_batch_reads_a_list_of_paths(tmp_path: Path) -> None:
    mail, listing = tmp_path / "a.eml", tmp_path / "list.txt"
    mail.write_bytes(MAIL)
    listing.write_text(f"{mail}\n\n{tmp_path / 'missing.eml'}\n")
    first, second = map(json.loads, run("--json", "--batch", str(listing)).splitlines())
    assert first["text"] == "It works."
    assert second["error"].startswith("FileNotFoundError")

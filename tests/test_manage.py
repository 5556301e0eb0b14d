"""The commands that answer from a file alone begin without settings."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
VECTOR = '{"id": "x-001", "op": "is_open", "start": "2026-05-12T09:00:00Z", "calendar": %s}'
ALWAYS_OPEN_ON_TUESDAY = '{"timezone": "UTC", "weekly": {"tue": [["00:00", "24:00"]]}}'
MAIL = b"From: carla@acme.example\nTo: support@waratah.example\nSubject: Empty\n\nNo rows.\n"


def manage(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-X", "importtime", "manage.py", *arguments]
    return subprocess.run(
        command, cwd=PROJECT, env={**env, "DATA_DIR": str(data)}, capture_output=True, text=True
    )


def test_business_time_answers_and_leaves_no_data_folder(tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(VECTOR % ALWAYS_OPEN_ON_TUESDAY)
    done = manage("business_time", "--vectors", str(questions), data=tmp_path / "data")
    assert done.stdout == '{"id": "x-001", "result": true}\n'
    assert not (tmp_path / "data").exists()


def test_parse_mail_answers_and_leaves_no_data_folder(tmp_path: Path) -> None:
    mail = tmp_path / "one.eml"
    mail.write_bytes(MAIL)
    done = manage("parse_mail", "--json", str(mail), data=tmp_path / "data")
    assert '"subject": "Empty"' in done.stdout
    assert not (tmp_path / "data").exists()


def test_they_load_neither_settings_nor_applications(tmp_path: Path) -> None:
    """Each batch starts one of them anew, so what it imports is what it costs."""
    loaded = manage("parse_mail", "--json", "nowhere.eml", data=tmp_path).stderr
    assert "helpdesk.mail.reading" in loaded
    assert "helpdesk.settings" not in loaded
    assert "celery" not in loaded


def test_a_file_that_is_missing_gets_a_sentence_and_a_failure(tmp_path: Path) -> None:
    done = manage("business_time", "--vectors", "nowhere.jsonl", data=tmp_path)
    assert done.returncode == 1
    assert "CommandError: nowhere.jsonl cannot be read" in done.stderr

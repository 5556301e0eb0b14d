"""`manage.py business_time`, which needs no database."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

VECTOR = {
    "id": "x-001",
    "calendar": {"timezone": "UTC", "weekly": {"tue": [["09:00", "17:00"]]}},
    "op": "is_open",
    "start": "2026-05-12T09:00:00Z",
}


def test_each_line_is_answered_by_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _file(tmp_path, json.dumps(VECTOR), "", json.dumps({**VECTOR, "id": "x-002"}))
    call_command("business_time", vectors=file)
    lines = capsys.readouterr().out.splitlines()
    assert lines == ['{"id": "x-001", "result": true}', '{"id": "x-002", "result": true}']


def test_a_bad_line_gets_a_sentence_and_the_others_an_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _file(tmp_path, "not json", json.dumps({**VECTOR, "op": "mend"}), json.dumps(VECTOR))
    with pytest.raises(CommandError, match="2 of the lines could not be answered"):
        call_command("business_time", vectors=file)
    printed = capsys.readouterr()
    assert printed.out == '{"id": "x-001", "result": true}\n'
    assert "Line 1: this is not JSON" in printed.err
    assert "Line 2: x-001: “mend” is not one of add" in printed.err


def test_a_file_that_cannot_be_read_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("business_time", vectors=tmp_path / "nowhere.jsonl")


def _file(folder: Path, *lines: str) -> Path:
    file = folder / "vectors.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file

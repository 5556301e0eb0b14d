from pathlib import Path

from helpdesk.embedded.environment import given, missing, publish
from helpdesk.embedded.places import Places


def test_what_is_given_is_kept_and_what_is_missing_is_answered(tmp_path: Path) -> None:
    env = {"SITE_URL": "https://help.example.org", "EMAIL_URL": "smtp://relay"}
    answers = missing(env, where=Places(tmp_path), port=8001)
    assert set(answers) == {"DATA_DIR", "MAIL_INBOUND_SECRETS", "MALLOC_ARENA_MAX"}


def test_without_a_relay_mails_are_caught(tmp_path: Path) -> None:
    answers = missing({}, where=Places(tmp_path), port=8001)
    assert answers["MAIL_CATCHER"] == "true"
    assert answers["SITE_URL"] == "http://localhost:8001"


def test_the_secret_for_mail_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first, second = (missing({}, where=Places(tmp_path), port=1) for _ in range(2))
    assert first["MAIL_INBOUND_SECRETS"] == second["MAIL_INBOUND_SECRETS"]
    assert (tmp_path / "mail_secret").stat().st_mode & 0o777 == 0o600


def test_the_servers_of_a_killed_desk_are_not_taken_for_given_ones(tmp_path: Path) -> None:
    publish({"DATABASE_URL": "postgres://gone", "REDIS_URL": "redis://gone"}, to=tmp_path / "file")
    read = dict(line.split("=", 1) for line in (tmp_path / "file").read_text().splitlines())
    assert given({**read, "SITE_URL": "https://help.example.org"}) == {
        "SITE_URL": "https://help.example.org"
    }

"""What is written for the containers agrees with itself and with the settings."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpdesk.embedded.postgres import INITDB_ARGUMENTS

PROJECT = Path(__file__).resolve().parents[1]
COMPOSE = (PROJECT / "docker-compose.yml").read_text()
SERVICES: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]


def variables_of_the_settings() -> set[str]:
    settings = (PROJECT / "helpdesk" / "settings.py").read_text()
    return set(re.findall(r'env\.(?!read_env)\w+\(\s*"([A-Z_]+)"', settings))


def test_every_setting_is_explained() -> None:
    explained = (PROJECT / "docs" / "deploying.md").read_text()
    missing = {name for name in variables_of_the_settings() if f"`{name}`" not in explained}
    assert missing == set()


def test_every_variable_that_compose_needs_stands_in_the_example() -> None:
    example = (PROJECT / ".env.example").read_text()
    needed = set(re.findall(r"(?<!\$)\$\{([A-Z_]+):\?", COMPOSE))
    assert needed == {"POSTGRES_PASSWORD", "SECRET_KEY", "SITE_URL", "VALKEY_PASSWORD"}
    assert {name for name in needed if f"\n{name}=" not in example} == set()


def test_the_example_names_only_what_is_read() -> None:
    example = (PROJECT / ".env.example").read_text()
    named = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    read = variables_of_the_settings() | set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", COMPOSE))
    assert named - read == set()


@pytest.mark.parametrize("name", ["web", "live", "worker", "beat", "migrate"])
def test_every_process_of_ours_runs_without_rights_and_after_the_migrations(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert name == "migrate" or "migrate" in service["depends_on"]


def test_no_server_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert SERVICES["postgres"]["networks"] == SERVICES["valkey"]["networks"] == ["inside"]


def test_the_servers_of_both_ways_compare_text_alike() -> None:
    in_compose = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert set(in_compose) < set(INITDB_ARGUMENTS)


def test_no_requirement_names_an_index() -> None:
    for file in PROJECT.glob("requirements*.txt"):
        assert "://" not in file.read_text(), file.name


@pytest.mark.parametrize(("providers", "limit"), [("", 31_457_280), ("postmark", 60_000_000)])
def test_a_mail_that_is_not_too_big_fits_into_what_a_provider_sends(
    providers: str, limit: int
) -> None:
    environment = os.environ | {
        "ANYMAIL_INBOUND_PROVIDERS": providers,
        "ANYMAIL": "WEBHOOK_SECRET=user:password",
        "MAIL_MAX_BYTES": "40000000",
    }
    question = "from helpdesk import settings; print(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)"
    answer = subprocess.run(
        [sys.executable, "-c", question],
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    assert int(answer.stdout) == limit

import stat
from pathlib import Path

import psycopg2
import pytest

from helpdesk.embedded import processes
from helpdesk.embedded.failures import CannotStart
from helpdesk.embedded.postgres import Postgres


@pytest.fixture
def server(short_path: Path) -> Postgres:
    return Postgres(short_path / "data", short_path / "run", short_path / "log", throw_away=True)


def stop(server: Postgres, process: processes.Process) -> None:
    processes.stop(process, how=server.how, within=server.within)


def ask(server: Postgres, statement: str) -> list[tuple[object, ...]]:
    with psycopg2.connect(host=str(server.sockets), user="waratah", dbname="waratah") as connection:
        cursor = connection.cursor()
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_data_are_kept_from_one_start_to_the_next(server: Postgres) -> None:
    first = server.start()
    ask(server, "CREATE TABLE kept AS SELECT 'seen' AS word")
    stop(server, first)
    second = server.start()
    assert ask(server, "SELECT word FROM kept") == [("seen",)]
    stop(server, second)
    assert not (server.folder / "postmaster.pid").exists()


def test_a_folder_that_holds_no_database_is_named_and_left_alone(server: Postgres) -> None:
    server.folder.mkdir()
    (server.folder / "letter.txt").write_text("mine")
    with pytest.raises(CannotStart, match="holds no database that PostgreSQL can read"):
        server.start()
    assert [file.name for file in server.folder.iterdir()] == ["letter.txt"]


def test_data_of_another_version_are_named_and_left_alone(server: Postgres) -> None:
    server.folder.mkdir()
    (server.folder / "PG_VERSION").write_text("16\n")
    with pytest.raises(CannotStart, match="by PostgreSQL 16, and Waratah brings PostgreSQL 18"):
        server.start()


def test_broken_data_are_answered_with_the_last_words_of_the_server(server: Postgres) -> None:
    server.folder.mkdir()
    (server.folder / "PG_VERSION").write_text("18\n")
    with pytest.raises(CannotStart, match=r"Nothing was deleted\. Its last words"):
        server.start()


def test_half_a_data_folder_of_a_killed_first_start_is_made_anew(server: Postgres) -> None:
    unfinished = server.folder.with_name("data.unfinished")
    unfinished.mkdir()
    (unfinished / "half").touch()
    process = server.start()
    assert ask(server, "SELECT 1") == [(1,)]
    stop(server, process)
    assert not unfinished.exists()


def test_the_socket_is_closed_to_others(server: Postgres) -> None:
    process = server.start()
    assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    stop(server, process)

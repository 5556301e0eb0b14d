import socket
import subprocess
import sys
from pathlib import Path

import pytest

PARENT = """
import sys, time
from pathlib import Path
from helpdesk.embedded.postgres import Postgres
from helpdesk.embedded.valkey import Valkey
folder = Path(sys.argv[1])
postgres = Postgres(folder / "data", folder / "run", folder / "postgres.log", throw_away=True)
valkey = Valkey(folder / "valkey", folder / "valkey.log", throw_away=True)
postgres.start(), valkey.start()
print(valkey.port, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("ending", ["kill", "terminate"])
def test_no_server_outlives_a_parent_that_was_ended_from_outside(
    ending: str, short_path: Path
) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, short_path], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout
    valkey = socket.create_connection(("127.0.0.1", int(parent.stdout.readline())))
    postgres = socket.socket(socket.AF_UNIX)
    postgres.connect(str(short_path / "run" / ".s.PGSQL.5432"))
    getattr(parent, ending)()
    parent.communicate()
    assert [hangs_up(valkey), hangs_up(postgres)] == [True, True]


def hangs_up(connection: socket.socket) -> bool:
    """Tell whether the other side ends within ten seconds: its last word is no word."""
    with connection:
        connection.settimeout(10)
        return connection.recv(1) == b""

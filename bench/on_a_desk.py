"""Run a measurement on a throw-away desk: `.venv/bin/python bench/on_a_desk.py SCRIPT [ARGS]`.

Starts real PostgreSQL and Valkey in a temporary folder, migrates, runs the script with their
addresses in its environment, and leaves nothing behind. What a script that succeeds prints is kept
in `bench/results/`, under its name.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from helpdesk.embedded.throw_away import throw_away_postgres, throw_away_valkey  # noqa: E402


def main(script: str, *args: str) -> int:
    with throw_away_postgres(is_durable=True) as database, throw_away_valkey() as redis:
        environment = os.environ | {
            "DATABASE_URL": database,
            "REDIS_URL": redis,
            "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
            "PYTHONPATH": str(ROOT),
        }
        migrate = (sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0")
        subprocess.run(migrate, env=environment, check=True)
        run = subprocess.Popen(
            [sys.executable, "-u", script, *args],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        lines = []
        for line in run.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
        if run.wait() == 0:
            kept = ROOT / "bench" / "results" / f"{Path(script).stem}.txt"
            kept.write_text("".join(lines), encoding="utf-8")
        return run.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

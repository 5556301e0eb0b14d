"""Imports go downwards only."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import PROJECT


def test_every_contract_of_the_house_is_kept() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout

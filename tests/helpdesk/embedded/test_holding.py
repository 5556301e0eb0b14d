from pathlib import Path

import pytest

from helpdesk.embedded.failures import CannotStart
from helpdesk.embedded.holding import held


def test_a_second_start_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    second = held(tmp_path, note="another")
    with (
        held(tmp_path, note="process 7, http://localhost:8000"),
        pytest.raises(CannotStart, match=r"runs already: process 7, http://localhost:8000\."),
    ):
        second.__enter__()


def test_a_desk_can_be_started_again_when_it_has_stopped(tmp_path: Path) -> None:
    for _time in range(2):
        with held(tmp_path, note="this one"):
            assert (tmp_path / "lock").read_text() == "this one"
    assert (tmp_path / "lock").read_text() == ""

from pathlib import Path

import pytest

from helpdesk.embedded.account import hand_over
from helpdesk.embedded.failures import CannotStart


def test_a_folder_handed_over_is_closed_to_everybody_else(tmp_path: Path) -> None:
    hand_over(tmp_path / "sockets", account=None)
    assert (tmp_path / "sockets").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_is_a_link_to_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o755)
    (tmp_path / "sockets").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotStart, match="belongs to somebody else"):
        hand_over(tmp_path / "sockets", account=None)
    assert (tmp_path / "elsewhere").stat().st_mode & 0o777 == 0o755

from pathlib import Path

import pytest

from helpdesk.embedded import places
from helpdesk.embedded.failures import CannotStart


def test_a_data_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    with pytest.raises(CannotStart, match=r"cannot write there .* Nothing was changed"):
        places.prepared(in_the_way / "data")


def test_the_socket_stays_within_the_data_folder_while_its_path_is_short() -> None:
    assert places.Places(Path("/srv/waratah/.data")).sockets == Path("/srv/waratah/.data/sockets")


def test_a_long_path_gets_a_short_folder_for_its_socket() -> None:
    long = places.Places(Path("/srv") / ("a" * 90) / ".data")
    assert len(str(long.sockets / places.SOCKET_NAME)) <= places.LONGEST_SOCKET_PATH
    assert long.sockets == places.Places(long.data).sockets
    assert long.sockets != places.Places(Path("/srv") / ("b" * 90) / ".data").sockets

"""The way in: an address short enough to type, and a QR code that holds exactly the modules it must."""

import re

import pytest
import segno

from casework.widgets.door import door, qr

LINK = "http://192.168.1.7:8866/join/HKRTWX/en"


def test_the_address_is_short_and_the_code_is_spelled_in_threes() -> None:
    shown = door("HKRTWX", "http://192.168.1.7:8866/", "en")

    assert (shown["address"], shown["code"], shown["link"]) == ("192.168.1.7:8866/join", "HKR TWX", LINK)


@pytest.mark.parametrize("text", [LINK, "https://oefenen.example/casework/join/HKRTWX", "http://[fd00::7]:8866/join/X"])
def test_the_path_fills_the_dark_squares_and_leaves_a_quiet_zone(text: str) -> None:
    drawn = qr(text)

    filled = set()
    for start, row, width, back in re.findall(r"M(\d+) (\d+)h(\d+)v1H(\d+)z", drawn["path"]):
        assert start == back
        filled |= {(int(start) + at, int(row)) for at in range(int(width))}
    matrix = segno.make(text, error="m", micro=False).matrix
    dark = {(x + 4, y + 4) for y, row in enumerate(matrix) for x, square in enumerate(row) if square}
    assert filled == dark
    assert drawn["size"] == len(matrix) + 8

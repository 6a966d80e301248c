"""Telephone numbers as forms have them, and what is none."""

import pytest

from pipeline.text.phones import find_phones


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("联系电话:13812345678", ["13812345678"]),
        ("手机 138 1234 5678", ["13812345678"]),
        ("139-1234-5678", ["13912345678"]),
        ("1384|165515", ["13841165515"]),
        ("l3841165515", ["13841165515"]),
        ("电话：0731-2277165", ["0731-2277165"]),
        ("0731一82277165", ["0731-82277165"]),
        ("(0731)2277165", ["0731-2277165"]),
        ("13912345678/13912345679", ["13912345678", "13912345679"]),
        ("执业证号:14104201311256550", []),
        ("公民身份号码110101199003070011", []),
        ("12348", []),
        ("赔偿13812元", []),
    ],
)
def test_numbers_are_found_and_long_numbers_are_not_cut_up(text: str, numbers: list[str]) -> None:
    found = find_phones(text)
    assert [one.number for one in found] == numbers
    assert all(one.mobile == one.number.startswith("1") for one in found)
    assert all(text[one.start : one.end] for one in found)

"""The table of orders and of lawful inversions, and that rules and table fit."""

from __future__ import annotations

from pipeline.detectors.registry import all_rules
from pipeline.law.orders import inversions, orders


def test_all_orders_and_inversions_are_there() -> None:
    assert list(orders()) == [f"D{number:02}" for number in range(1, 28)]
    assert list(inversions()) == [f"LA{number:02}" for number in range(1, 16)]
    assert all(one.title and one.why for one in inversions().values())


def test_every_order_names_its_basis_and_what_excuses_it() -> None:
    for order in orders().values():
        assert order.title and order.basis
        assert order.grade in {"H", "M", "L"}
        assert set(order.lawful) <= set(inversions())


def test_orders_belong_to_rules() -> None:
    known = {rule.code for rule in all_rules()}
    owners = {owner for order in orders().values() for owner in order.owners}
    assert {"DAT501", "DAT503", "DAT504", "DAT505"} <= owners & known
    assert owners - known <= {"VER901", "VER902"}  # they may come with another set of rules
    assert orders()["D04"].owners == ("DAT501",)
    assert orders()["D19"].owners == ("DAT503",)
    assert orders()["D21"].owners == ("DAT505",)


def test_orders_hold_for_the_cases_that_they_speak_of() -> None:
    assert orders()["D10"].holds("criminal", "notice")
    assert not orders()["D10"].holds("civil", "application")
    assert not orders()["D01"].holds("criminal", "notice")
    assert orders()["D02"].holds("non_litigation", "application")

import os

import pytest

from pipeline.batch.parcels import KEPT, Parcels


@pytest.fixture
def store():
    return []


@pytest.fixture
def parcels(store):
    def put(content):
        store.append(content)
        return len(store) - 1

    return Parcels(put)


@pytest.fixture
def file(tmp_path):
    def make(name, content=b"x"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make


def test_a_file_is_put_once_for_all_its_pages(parcels, store, file):
    path = file("a.pdf", b"content")
    keys = {parcels.key(path, page) for page in range(5)}
    assert len(keys) == 1 and store == [b"content"]
    assert parcels.content(keys.pop()) == 0


def test_a_file_that_was_replaced_is_another_one(parcels, store, file):
    path = file("a.pdf", b"before")
    first = parcels.key(path, 1)
    path.write_bytes(b"after, longer")
    os.utime(path, ns=(1, 1))
    assert parcels.key(path, 2) != first
    assert store == [b"before", b"after, longer"]


def test_a_file_that_is_gone_has_no_key(parcels, tmp_path):
    assert parcels.key(tmp_path / "gone.pdf", 1) is None


def test_only_the_last_few_files_stay_when_their_pages_are_through(parcels, file):
    keys = [parcels.key(file(f"{number}.pdf"), number) for number in range(6)]
    assert parcels.keys == set(keys)
    for number in range(6):
        parcels.done(number)
    assert parcels.keys == set(keys[-KEPT:])
    with pytest.raises(KeyError):
        parcels.content(keys[0])


def test_a_file_stays_while_some_page_of_it_is_under_way(parcels, file):
    key = parcels.key(file("long.pdf"), 0)
    for number in range(1, 9):
        parcels.key(file(f"{number}.pdf"), number)
        parcels.done(number)
    assert key in parcels.keys


def test_a_file_that_a_lost_node_held_is_put_anew_and_stays_for_those_who_use_it(parcels, store, file):
    path = file("a.pdf")
    old = parcels.key(path, 1)
    parcels.renew([old, "unknown"])
    new = parcels.key(path, 2)
    assert new != old and len(store) == 2
    assert parcels.keys == {old, new}
    parcels.done(1)
    assert parcels.keys == {new}

import os
import shutil
import sqlite3
import threading

import pytest

from pipeline.box import Box
from pipeline.corrections import Correction, Place, Target
from pipeline.problems import WorkspaceError
from pipeline.store.appending import AppendOnly
from pipeline.store.reviews import STEPS, Review, Reviews, outcome_key


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reviews.db"


@pytest.fixture
def reviews(path):
    return Reviews(path)


def said(decision="accept", user="甲", key="k1", case="案1", **more):
    return Review(case, key, "DAT501", user, decision, at="2026-11-23T17:00:00+08:00", **more)


def test_nothing_is_made_by_reading(reviews, path):
    assert reviews.latest("案1") == () and reviews.done("案1") == frozenset() and reviews.standing("案1") == ()
    assert not path.exists()


def test_the_last_word_of_each_user_counts_and_all_are_kept(reviews):
    for one in (said(), said("unsure", user="乙"), said("reject", reason="misread", note="看错了"), said(key="k2")):
        assert reviews.decide(one)
    assert [(r.user, r.key, r.decision) for r in reviews.latest("案1")] == [
        ("乙", "k1", "unsure"), ("甲", "k1", "reject"), ("甲", "k2", "accept"),
    ]  # fmt: skip
    assert [r.decision for r in reviews.history("案1", "k1")] == ["accept", "unsure", "reject"]
    assert reviews.latest("案1")[1] == said("reject", reason="misread", note="看错了")


def test_a_word_repeated_says_nothing_new(reviews):
    assert reviews.decide(said())
    assert not reviews.decide(said())
    assert reviews.decide(said(note="第3页"))
    assert len(reviews.history()) == 2


def test_an_undone_decision_is_history_only_and_a_note_alone_stands(reviews):
    reviews.decide(said())
    assert reviews.decide(said("open"))
    assert reviews.latest("案1") == () and len(reviews.history("案1")) == 2
    assert reviews.decide(said("open", note="再看一眼"))
    (found,) = reviews.latest("案1")
    assert found.note == "再看一眼" and not found.decided
    assert not reviews.decide(said("open", key="k9"))


def test_decisions_of_all_cases_by_case(reviews):
    reviews.decide(said(case="案1"))
    reviews.decide(said(case="案2", key=outcome_key("DOC103")))
    found = reviews.latest_of_all()
    assert set(found) == {"案1", "案2"} and found["案2"][0].key == "outcome:DOC103"


def test_done_and_reopened(reviews):
    assert reviews.finish("案1", "甲", "1") and not reviews.finish("案1", "甲", "2")
    assert reviews.finish("案1", "乙", "3")
    assert reviews.done("案1") == {"甲", "乙"}
    assert reviews.reopen("案1", "甲", "4") and not reviews.reopen("案1", "甲", "5")
    assert not reviews.reopen("案2", "甲", "5")
    assert reviews.done_of_all() == {"案1": {"乙"}}
    assert [(c.user, c.done, c.at) for c in reviews.completions("案1")] == [
        ("甲", True, "1"), ("乙", True, "3"), ("甲", False, "4"),
    ]  # fmt: skip


def test_corrections_come_back_as_they_were_and_can_be_withdrawn_once(reviews):
    box = Box(0.1, 0.2, 0.3, 0.25)
    date = Correction("date", Target(Place("ab" * 32, 3), "approval", "二〇二四年五月", box), "2024-05-02", author="甲",
                      at="t1")  # fmt: skip
    kind = Correction("case_kind", Target(), "civil", author="乙", at="t2")
    first, second = reviews.correct("案1", date), reviews.correct("案1", kind)
    assert first < second
    kept = reviews.standing("案1")
    assert [(c.kind, c.value, c.author, c.at, c.id) for c in kept] == [
        ("date", "2024-05-02", "甲", "t1", first), ("case_kind", "civil", "乙", "t2", second),
    ]  # fmt: skip
    assert kept[0].target == date.target and kept[1].target == Target()
    assert reviews.withdraw("案1", first, "乙", "t3") and not reviews.withdraw("案1", first, "甲", "t4")
    assert [c.id for c in reviews.standing("案1")] == [second] == [c.id for c in reviews.standing_of_all()["案1"]]
    withdrawn = reviews.corrections("案1")[0]
    assert (withdrawn.stands, withdrawn.withdrawn_by, withdrawn.withdrawn_at) == (False, "乙", "t3")


def test_a_correction_of_another_case_cannot_be_withdrawn(reviews):
    made = reviews.correct("案1", Correction("entry", Target(), "notice", author="甲", at="t"))
    for case_id, number in (("案2", made), ("案1", made + 1)):
        with pytest.raises(KeyError):
            reviews.withdraw(case_id, number, "甲", "t")
    assert len(reviews.standing("案1")) == 1


@pytest.mark.parametrize("table", ["reviews", "completions", "corrections", "withdrawals", "effects"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}"])
def test_the_tables_refuse_to_forget(reviews, path, table, verb):
    reviews.decide(said())
    reviews.finish("案1", "甲", "1")
    made = reviews.correct("案1", Correction("entry", Target(), "notice", author="甲", at="t"))
    reviews.note_effects(made, [("DAT501", "k1")], [])
    reviews.withdraw("案1", made, "甲", "t")
    with sqlite3.connect(path) as db, pytest.raises(sqlite3.IntegrityError, match="append only"):
        db.execute(verb.format(table))


def test_many_threads_lose_nothing(reviews):
    def work(name):
        for number in range(5):
            reviews.decide(said(user=name, key=f"k{number}"))

    threads = [threading.Thread(target=work, args=(f"u{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reviews.history()) == 30


def test_the_file_alone_holds_everything_and_a_backup_can_be_taken(reviews, path, tmp_path):
    reviews.decide(said(note="甲的意见"))
    copy = tmp_path / "copy.db"
    shutil.copyfile(path, copy)
    assert Reviews(copy).history() == reviews.history() != ()
    reviews.back_up(tmp_path / "backup.db")
    assert Reviews(tmp_path / "backup.db").history() == reviews.history()
    Reviews(tmp_path / "none.db").back_up(tmp_path / "never.db")
    assert not (tmp_path / "never.db").exists()


def test_a_file_of_a_newer_version_and_a_damaged_one_are_refused(reviews, path):
    reviews.decide(said())
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(WorkspaceError, match="更新版本"):
        reviews.latest("案1")
    with pytest.raises(WorkspaceError, match="更新版本"):
        reviews.decide(said("reject"))
    for beside in path.parent.glob("reviews.db-*"):
        beside.unlink()
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(WorkspaceError, match="已损坏"):
        reviews.latest("案1")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nobody is kept from writing here")
def test_a_folder_that_cannot_be_written_can_be_read(reviews, path):
    reviews.decide(said())
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        assert len(reviews.latest("案1")) == 1
    finally:
        path.parent.chmod(0o700)


def test_what_a_correction_made_go_is_noted_while_it_stands(reviews):
    made = reviews.correct("案1", Correction("entry", Target(), "notice", author="甲", at="t"))
    reviews.note_effects(made, [("DAT501", "k1")], [("DOC101", "k2")])
    reviews.note_effects(made, [], [])
    assert reviews.corrected_away() == (("案1", "DAT501", "k1"),)
    reviews.withdraw("案1", made, "甲", "t")
    assert reviews.corrected_away() == ()


def test_a_file_of_the_first_version_is_brought_up_to_date_and_keeps_everything(reviews, path):
    with AppendOnly(path, STEPS[:1]).writing() as db:
        db.execute("INSERT INTO completions (case_id, user, done, at) VALUES ('案1', '甲', 1, 't')")
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
    assert reviews.done("案1") == {"甲"} and reviews.corrected_away() == ()
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (2,)

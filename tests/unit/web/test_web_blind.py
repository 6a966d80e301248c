from pipeline.store.reviews import Review
from pipeline.web.blind import opened, visible
from pipeline.web.people import User

A, B, BOSS = User("甲", "evaluator"), User("乙", "evaluator"), User("长", "admin")
BOTH = frozenset({"甲", "乙"})
REVIEWS = tuple(Review("案1", "k", "DAT501", name, "accept") for name in ("甲", "乙", "长"))


def seen(viewer, done, evaluators=BOTH):
    return [review.user for review in visible(REVIEWS, viewer, evaluators, frozenset(done))]


def test_before_both_are_done_each_sees_his_own():
    for done in ((), ("甲",), ("乙",)):
        assert seen(A, done) == ["甲"]
        assert seen(B, done) == ["乙"]


def test_when_both_are_done_each_sees_all():
    assert seen(A, BOTH) == seen(B, BOTH) == ["甲", "乙", "长"]


def test_taking_the_case_up_again_closes_it():
    assert seen(A, {"乙"}) == ["甲"] and seen(B, {"乙"}) == ["乙"]


def test_an_admin_sees_all_at_any_time():
    assert seen(BOSS, ()) == ["甲", "乙", "长"]


def test_who_is_not_assigned_sees_nothing_of_others_even_when_all_are_done():
    stranger = User("丙", "evaluator")
    assert seen(stranger, BOTH) == []
    assert not opened(stranger, frozenset(), frozenset())


def test_a_third_evaluator_who_is_not_done_keeps_it_closed():
    assert seen(A, BOTH, BOTH | {"丙"}) == ["甲"]


def test_done_of_somebody_no_longer_assigned_does_not_count():
    assert not opened(A, BOTH, frozenset({"甲", "丙"}))

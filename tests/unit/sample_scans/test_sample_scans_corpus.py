"""The training corpus: every type, many wordings, the same for the same seed."""

from collections import Counter, defaultdict

from sample_scans.generator.corpus import WORDINGS, pages

TYPES = 84


def test_every_type_is_there_with_many_different_pages() -> None:
    made = pages(7, 6000)
    texts = defaultdict(set)
    for text, kind, _ in made:
        texts[kind].add(text)
    assert set(texts) == set(WORDINGS)
    assert len(WORDINGS) == TYPES
    assert min(len(t) for kind, t in texts.items() if kind != "blank_page") >= 30


def test_the_same_seed_gives_the_same_pages_and_another_seed_others() -> None:
    assert pages(3, 200) == pages(3, 200)
    assert pages(3, 200) != pages(4, 200)


def test_nothing_of_the_grammar_is_left_in_a_page() -> None:
    assert not [t for t, _, _ in pages(11, 3000) if set(t) & set("{}$⟦⟧|")]


def test_long_types_have_pages_that_go_on_without_a_title() -> None:
    counts = Counter((kind, first) for _, kind, first in pages(5, 6000))
    for kind in ("indictment", "client_interview", "hearing_record", "judgment", "defence_statement"):
        assert counts[kind, False] >= 10
        assert counts[kind, True] > counts[kind, False]


def test_asking_for_n_gives_n() -> None:
    assert [len(pages(1, n)) for n in (0, 1, 500)] == [0, 1, 500]

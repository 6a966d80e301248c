"""What an answer about the case rests on, in words with pages."""

from pipeline.casefile import Document
from pipeline.extraction.grounds import strongest
from pipeline.extraction.papers import Paper


def paper(kind, first):
    return Paper(Document(f"d{first}", kind, "", first, first, 0.9), "", "")


def test_the_papers_that_say_most_are_named_in_file_order():
    weighed = [
        (paper("cover", 1), 0.5),
        (paper("approval_form", 5), 1.0),
        (paper("indictment", 20), 3.0),
        (paper("judgment", 30), 4.0),
    ]
    assert strongest(weighed) == "法律援助审批表 (第 5 页)、起诉书 (第 20 页)、判决书 (第 30 页)"


def test_of_papers_of_one_type_the_one_that_says_most_stands():
    weighed = [(paper("client_interview", 9), 1.0), (paper("client_interview", 12), 2.0)]
    assert strongest(weighed) == "会见笔录 (第 12 页)"


def test_papers_that_say_nothing_are_not_named():
    assert strongest([(paper("cover", 1), 0.0), (paper("judgment", 3), -1.0)]) == ""

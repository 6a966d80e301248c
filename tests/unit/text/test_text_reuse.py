import random
import time

import pytest

from pipeline.text.reuse import find_reuse

# An invented case.
CHARGE = (
    "2019年5月6日21时许，被告人邹启明在湘江市南岸区柳叶湖路“老渡口”烧烤店门前，因停车与被害人方国栋发生口角，"
    "遂从自己驾驶的面包车后备箱内取出一把铁锹，朝方国栋的左臂和背部连续击打三下，致方国栋左侧尺骨骨折。"
    "经湘江市公安司法鉴定中心鉴定，方国栋的损伤程度为轻伤二级。当晚23时，邹启明在其租住的出租屋内被民警抓获，"
    "到案后如实供述了上述事实，其亲属代为赔偿方国栋医疗费、误工费共计四万二千元，取得了方国栋的书面谅解。"
)
DEFENCE = (
    "辩护人对罪名没有异议。第一，本案起因是双方为抢车位吵架，方国栋先动手推搡并辱骂邹启明，在起因上有过错。"
    "第二，邹启明只用铁锹打了几下，没有打头，看到对方倒地便停手，还让店主帮忙叫救护车，主观恶性较小。"
    "第三，鉴定意见是轻伤二级，刚到入罪标准。第四，家里人东拼西凑筹了四万二千元赔给方国栋，对方写了谅解书，"
    "希望法庭考虑他没有前科、上有老下有小，对其从轻判处并适用缓刑。"
)
OTHER_CASE = (
    "2018年11月3日18时许，被告人童立在湘江市北岸区长虹路因排队加油与被害人陆某发生争执，二人互相撕扯至加油站收银台旁，"
    "加油员劝阻无效，童立随后用拳头击打陆某面部，陆某鼻部流血倒地，童立见状开车离开，途中电话联系其妻送钱到医院。"
    "经湘江市公安司法鉴定中心鉴定，陆某的损伤程度为轻伤二级。案发后第三天童立主动投案，愿意赔偿但双方未能谈妥数额。"
)
HANZI = (
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学"
)


def misread(text, share, seed):
    """Characters wrong, lost or added, as an engine leaves a poor scan."""
    rng = random.Random(seed)
    out = []
    for char in text:
        chance = rng.random() / share
        if chance < 0.7:
            out.append(rng.choice(HANZI))
        elif chance < 0.85:
            continue
        elif chance < 1:
            out.append(char + rng.choice(HANZI))
        else:
            out.append(char)
    return "".join(out)


def test_a_verbatim_copy_is_one_passage_with_its_places():
    copy = "阅卷笔录\n一、指控事实：\n" + CHARGE + "\n二、证据：见卷一。"
    origin = "起诉书\n经依法审查查明：" + CHARGE + "\n认定上述事实的证据如下"
    reuse = find_reuse(copy, origin)
    (passage,) = reuse.passages
    assert copy[passage.copy_start : passage.copy_end] == CHARGE[:-1]
    assert origin[passage.origin_start : passage.origin_end] == CHARGE[:-1]
    assert passage.similarity == 1
    assert reuse.share > 0.88
    assert reuse.origin_share > 0.85
    assert reuse.longest == reuse.copied == passage.length


def test_line_breaks_width_and_marks_do_not_count():
    broken = "\n".join(CHARGE[at : at + 23] for at in range(0, len(CHARGE), 23)).replace("，", "")
    assert find_reuse(broken.replace("2019", "２０１９"), CHARGE).share == 1


def test_party_words_and_small_edits_do_not_hide_a_copy():
    edited = (
        CHARGE.replace("被告人邹启明", "犯罪嫌疑人邹某").replace("遂", "便").replace("共计", "").replace("连续", "")
    )
    edited = edited.replace("方国栋的", "方某").replace("取得了", "得到")
    assert find_reuse(edited, CHARGE).share > 0.85


def test_moved_sentences_are_found_where_they_went():
    sentences = CHARGE.split("。")[:-1]
    moved = "。".join([*sentences[2:], *sentences[:2]])
    reuse = find_reuse(moved, CHARGE)
    assert reuse.share > 0.95
    assert len(reuse.passages) == 2
    first, second = reuse.passages
    assert first.copy_start < second.copy_start
    assert first.origin_start > second.origin_start


@pytest.mark.parametrize("share", [0.1, 0.15, 0.2])
def test_a_copy_is_found_through_misreadings_on_both_sides(share):
    found = [find_reuse(misread(CHARGE, share, seed), misread(CHARGE, share, seed + 100)).share for seed in range(8)]
    assert min(found) > 0.5
    assert sum(found) / len(found) > 0.75


def test_shared_facts_told_in_other_words_are_no_copy():
    assert find_reuse(DEFENCE, CHARGE).share == 0
    assert find_reuse(CHARGE, DEFENCE).share == 0


def test_a_case_on_the_same_charge_shares_no_more_than_the_genres_phrases():
    genre = ["公安司法鉴定中心鉴定", "的损伤程度为轻伤二级"]
    assert find_reuse(OTHER_CASE, CHARGE).share < 0.2
    assert find_reuse(OTHER_CASE, CHARGE, frequent=genre).share == 0


def test_a_short_quotation_stays_short():
    notes = "一、指控：“" + CHARGE.split("，")[3] + "，" + CHARGE.split("，")[4] + "”。\n二、" + DEFENCE
    reuse = find_reuse(notes, CHARGE)
    assert reuse.share < 0.25
    assert reuse.longest < 45


def test_phrases_of_the_genre_can_be_left_out():
    phrase = "上述事实有经庭审质证的书证证人证言鉴定意见等证据予以证实足以认定"
    one, other = "甲乙丙丁在场。" + phrase, "戊己庚辛不在。" + phrase
    assert find_reuse(one, other).share > 0.5
    assert find_reuse(one, other, frequent=[phrase]).share == 0
    misprinted = one.replace("证言", "讯言").replace("足以", "")
    assert find_reuse(misprinted, other, frequent=[phrase]).share == 0


def test_a_shared_time_and_place_is_no_passage():
    one = "2019年5月6日21时30分，15元，湘江市南岸区，甲去买了水果回家做饭"
    other = "2019年5月6日21时30分，15元，湘江市南岸区，乙正在门口修理水管"
    assert find_reuse(one, other).passages == ()


def test_the_shortest_passage_can_be_set():
    text = "从自己驾驶的面包车后备箱内取出一把铁锹"
    assert find_reuse(text, CHARGE).passages == ()
    assert find_reuse(text, CHARGE, shortest=12).share == 1


@pytest.mark.parametrize(("copy", "origin"), [("", CHARGE), (CHARGE, ""), ("", ""), ("，。！", CHARGE)])
def test_empty_texts_copy_nothing(copy, origin):
    reuse = find_reuse(copy, origin)
    assert (reuse.share, reuse.origin_share, reuse.passages, reuse.longest) == (0, 0, (), 0)


def test_the_same_twice_gives_the_same():
    noisy = misread(CHARGE + DEFENCE, 0.1, 3)
    assert find_reuse(noisy, CHARGE) == find_reuse(noisy, CHARGE)


def test_long_and_repetitive_texts_stay_fast():
    rng = random.Random(7)
    origin = "".join(misread(CHARGE, 0.3, rng.randrange(1000)) for _ in range(26))[:6000]
    started = time.perf_counter()
    reuse = find_reuse(origin[1000:4000], origin)
    assert reuse.share > 0.99
    assert time.perf_counter() - started < 3

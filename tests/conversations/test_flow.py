"""What people say between the lines of the talk: under a danger card, beside an open question, at the end. Told to the real assistant."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.triage.interview import is_question
from knowledge.hours import JAPAN
from tests.conversations.adapters import assistant_behind
from tests.conversations.graph import PAGE, page_with_graph
from tests.talk import Reply, Talk

IN_DANGER = {"suicide": "もう死にたいです", "dv": "夫に殴られて逃げてきました"}


def types(replies: list[Reply]) -> list[str]:
    return [reply["type"] for reply in replies]


def said(replies: list[Reply]) -> str:
    return "".join(reply.get("text", "") for reply in replies if reply["type"] == "text")


async def in_danger(client, kind: str) -> Talk:
    talk = await Talk.begin(client)
    replies = await talk.says(IN_DANGER[kind])
    assert types(replies) == ["danger", "choices"] and talk.question == "way_on"
    return talk


@pytest.mark.parametrize("kind", list(IN_DANGER))
@pytest.mark.parametrize(
    "words",
    ["落ち着いてます", "もう大丈夫です", "いまは安全", "いまは実家にいるので安全です", "友達がそばにいます",
     "ありがとう、少し落ち着きました"],
)  # fmt: skip
async def test_who_says_that_all_is_calm_is_taken_at_their_word(client, clock, kind, words):
    talk = await in_danger(client, kind)
    replies = await talk.says(words)
    assert "danger" not in types(replies)
    assert "110・119" in said(replies)
    assert assistant_behind(client).case(talk.conversation).danger is None


async def test_a_woman_whose_husband_is_gone_is_not_shown_the_card_again(client, clock):
    talk = await in_danger(client, "dv")
    assert "danger" not in types(await talk.says("相手はもういない"))


@pytest.mark.parametrize("words", ["まだ死にたい", "大丈夫です、もう死ぬので"])
async def test_who_says_it_again_gets_the_numbers_again(client, clock, words):
    talk = await in_danger(client, "suicide")
    assert (await talk.says(words))[0]["type"] == "danger"


async def test_a_girl_who_speaks_on_of_her_danger_gets_two_numbers_again_and_the_same_ways_on(client, clock):
    talk = await Talk.begin(client)
    await talk.says("さっき風邪薬の箱ぜんぶのんだ。手しびれてきた 気持ち悪い")
    replies = await talk.says("救急車よんだら親にばれる")
    assert replies[0]["type"] == "danger" and len(replies[0]["services"]) == 2
    assert talk.question == "way_on"


async def test_who_answers_a_gentle_question_with_more_of_the_danger_gets_the_card(client, clock):
    talk = await Talk.begin(client)
    assert (await talk.says("なんで生きてるのかわからない"))[0]["level"] == "check"
    replies = await talk.says("生きる意味がないです")
    assert replies[0]["type"] == "danger" and replies[0]["level"] == "now"


async def test_not_safe_is_answered_with_the_card(client, clock):
    talk = await in_danger(client, "dv")
    assert (await talk.says("いいえ、安全じゃない"))[0]["level"] == "now"


@pytest.mark.parametrize("words", ["それより仕事のことを聞きたい", "借金が返せない"])
async def test_a_trouble_told_under_a_card_is_a_wish_to_talk_on(client, clock, words):
    talk = await in_danger(client, "dv")
    replies = await talk.says(words)
    assert "danger" not in types(replies) and "services" in types(replies)
    assert talk.question != "way_on"
    assert assistant_behind(client).case(talk.conversation).danger is None


@pytest.mark.parametrize(
    "words",
    ["うーん", "はい", "いいえ", "ありがとう", "名前は要りますか", "お金はかかりますか", "人と話したい", "ひとりです"],
)
async def test_harmless_words_under_a_card_are_answered_and_the_ways_on_stay(client, clock, words):
    talk = await in_danger(client, "suicide")
    replies = await talk.says(words)
    assert "danger" not in types(replies)
    assert said(replies)
    assert talk.question == "way_on"


async def test_a_memo_can_be_had_under_a_card(client, clock):
    talk = await in_danger(client, "suicide")
    assert "memo" in types(await talk.says("メモを作れますか"))
    assert talk.question == "way_on"


@pytest.mark.parametrize(
    ("place", "shown"), [("港区", "minato"), ("中野区", "nakano"), ("狛江市", "komae"), ("足立区", None)]
)
async def test_other_business_gets_the_number_of_the_town_hall_where_one_is_known(client, clock, place, shown):
    talk = await Talk.begin(client)
    await talk.says(f"{place}です")
    replies = await talk.says("粗大ごみはどこに電話すればいいですか")
    assert "区役所" in said(replies)
    assert [window["area"] for window in talk.services(replies)] == ([shown] if shown else [])


async def test_who_leaves_in_danger_is_reminded_of_the_numbers(client, clock):
    talk = await in_danger(client, "suicide")
    replies = await talk.says("じゃあね、電話してみます")
    assert "番号" in said(replies) and replies[-1]["type"] == "ended"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("お金 いくら", "text"),
        ("持っていくメモみたいなの作れますか", "memo"),
        ("窓口の一覧がもう少し見たい", "services"),
        ("人と話したい", "services"),
        ("粗大ごみってどこに電話するんですか", "text"),
        ("ありがとう", "text"),
        ("こんにちは", "text"),
        ("もう一度お願いします", "text"),
        ("ここは何時までやっていますか", "text"),
    ],
)
async def test_what_is_asked_beside_a_question_is_answered_and_the_question_stays(client, clock, words, wanted):
    talk = await Talk.begin(client)
    await talk.says("仕事を探しています")
    question = talk.question
    assert is_question(question)
    replies = await talk.says(words)
    assert wanted in types(replies) and "text" in types(replies)
    assert talk.question == question


@pytest.mark.parametrize("words", ["わかりました、電話してみます。さようなら", "ありがとうございました。失礼します"])
async def test_goodbye_ends_the_talk_though_a_question_is_open(client, clock, words):
    talk = await Talk.begin(client)
    await talk.says("仕事を探しています")
    assert (await talk.says(words))[-1]["type"] == "ended"
    assert talk.question == "feedback"


@pytest.mark.parametrize("reason", ["helped", "not_what_i_needed", "hard_to_understand", "no_place_to_go"])
async def test_feedback_is_thanked_for_and_the_talk_may_go_on(client, clock, reason):
    talk = await Talk.begin(client)
    await talk.says("仕事を探しています")
    await talk.says("さようなら")
    assert said(await talk.chooses(reason))
    assert talk.question == "next_steps"


async def test_more_windows_are_never_the_same_again(client, clock):
    talk = await Talk.begin(client)
    await talk.says("仕事を探しています")
    shown: set[str] = set()
    for _ in range(4):
        replies = await talk.says("ほかにはないですか")
        found = {window["id"] for window in talk.services(replies)}
        if "これで全部" in said(replies):
            break
        assert found and not found & shown
        shown |= found
    else:
        raise AssertionError("the windows never ended")


async def test_without_papers_it_is_said_that_one_may_still_ask(client, clock):
    talk = await Talk.begin(client)
    replies = await talk.says("住民票もないし身分証もない。今夜泊まる所がない")
    assert "services" in types(replies)
    assert "身分証がなくても" in said(replies)


async def test_a_place_told_first_is_kept_and_the_trouble_asked_for(client, clock):
    talk = await Talk.begin(client)
    replies = await talk.says("中野です")
    assert types(replies) == ["text", "choices"] and "困" in said(replies)
    assert assistant_behind(client).case(talk.conversation).area == "nakano"


@pytest.mark.parametrize("area", ["minato", "nakano", "komae", "tokyo"])
@pytest.mark.parametrize("hour", [3, 14, 21])
async def test_who_wants_a_person_always_gets_one_who_answers_now_with_hours(client, clock, area, hour):
    clock.now = datetime(2026, 12, 31, hour, 0, tzinfo=JAPAN)
    talk = await Talk.begin(client, area=area)
    windows = talk.services(await talk.says("人と話したい"))
    assert any(window["open"]["state"] == "open" and window["phones"] for window in windows)
    assert all(w["phones"] and (w["hours_text"] or any(p["hours"] for p in w["phones"])) for w in windows)


async def test_not_understood_twice_gives_a_number_and_the_nine(client, clock):
    talk = await Talk.begin(client)
    await talk.says("ぬるぽがっ")
    replies = await talk.says("ぴよぴよぷう")
    assert talk.services(replies) and all(window["phones"] for window in talk.services(replies))
    assert talk.question == "situation" and len(replies[-1]["choices"]) == 9


async def test_starting_again_forgets_all_but_the_place_of_the_page(client, clock):
    talk = await Talk.begin(client, area="nakano")
    await talk.says("仕事を探しています。72歳です")
    await talk.says("最初からやり直したい")
    case = assistant_behind(client).case(talk.conversation)
    assert (case.situations, case.ages, case.shown, case.default_area) == ((), None, (), "nakano")


def test_the_graph_of_the_talk_is_the_one_of_today():
    page = PAGE.read_text(encoding="utf-8")
    assert page == page_with_graph(page), "draw it anew: python -m tests.conversations.graph"

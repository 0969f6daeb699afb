"""Danger by pattern alone: what must be seen when no model is there, and the words of the answer."""

from __future__ import annotations

import pytest

from bot.triage.case import Case
from bot.triage.danger import dangers, find, is_child, said, windows_for, words_for
from bot.triage.replies import danger_reply
from knowledge.directory import Directory
from tests.conftest import FRIDAY_AFTERNOON

PLAIN = [
    ("死にたい", "suicide"),
    ("しにたい", "suicide"),
    ("ｼﾆﾀｲ", "suicide"),
    ("もう 死 に た い", "suicide"),
    ("夫に殴られています", "dv"),
    ("元彼につきまとわれてる", "dv"),
    ("お父さんに蹴られた", "child_abuse"),
    ("あいつを殺してやる", "violence_others"),
    ("母が倒れて動かない。意識がない", "medical"),
    ("闇バイト抜けたいけど家族に何するかわからんって脅されてる", "crime_now"),
    ("知らない男に襲われた", "victim"),
]


@pytest.mark.parametrize(("text", "kind"), PLAIN)
def test_a_plain_danger_is_seen_without_any_model(text, kind):
    found = find(text)
    assert found is not None
    assert found.level == "now"
    if kind not in ("child_abuse",):  # a parent who hits may be heard as either
        assert found.kind == kind


@pytest.mark.parametrize(
    "text",
    ["死ぬほど忙しい", "暑くて死にそう", "お母さんにばれたら殺される笑", "首を切られて仕事がありません", "消えたいデータがある",
     "仕事を探しています", "父の死亡届の出し方", "殺虫剤はどこに捨てますか", ""],
)  # fmt: skip
def test_a_loud_idiom_is_not_answered_at_once(text):
    found = find(text)
    assert found is None or found.level == "check"


@pytest.mark.parametrize("form", dangers().dangers, ids=lambda form: form.kind)
class TestTheAnswer:
    def test_at_least_two_windows_with_a_number_answer(self, form, directory):
        for case in (Case(), Case(ages=(10, 12))):
            windows = windows_for(form.kind, case, directory)
            assert sum(bool(window.phones) for window in windows) >= 2, form.kind

    def test_every_window_named_exists_and_is_public(self, form, directory):
        for name in (*form.windows, *form.windows_child):
            window = directory.get(name)
            assert window is not None and window.public, name

    def test_a_broken_directory_still_gives_numbers(self, form):
        reply = danger_reply(form, "now", Case(), [], FRIDAY_AFTERNOON)
        assert {"110", "119"} <= {phone.number for service in reply.services for phone in service.phones}

    def test_it_neither_blames_nor_promises(self, form):
        said = " ".join((form.text, form.child, form.other, form.check, form.tell))
        assert not any(word in said for word in ("なぜ", "どうして", "絶対", "必ず", "べきです", "ダメ"))


def test_a_child_is_spoken_to_as_a_child():
    child = Case(ages=(10, 12))
    assert is_child(child)
    assert words_for("suicide", child)[0] == dangers().of("suicide").child
    assert words_for("suicide", Case(speaker="family"))[0] == dangers().of("suicide").other


def test_the_directory_may_be_empty(directory):
    assert windows_for("dv", Case(), Directory(())) == []


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("落ち着きました", "safe"),
        ("はい、いまは安全です", "safe"),
        ("もう大丈夫。朝になったら落ち着いた", "safe"),
        ("いまは危なくないです", "safe"),
        ("そこまでではないです", "safe"),
        ("大丈夫です、母がそばにいます", "safe"),
        ("夫はもう出て行きました", "safe"),
        ("いいえ、安全じゃない", "not_safe"),
        ("まだ危ないです", "not_safe"),
        ("助けて", "not_safe"),
        ("べつに", "unsure"),
        ("よくわからない", "unsure"),
        ("ひとりです", "person"),
        ("それより仕事のことを聞きたい", "talk_on"),
        ("ほかのことも話したい", "talk_on"),
    ],
)
def test_a_choice_under_a_card_can_be_said_in_free_words(words, meant):
    assert said(words) == meant


@pytest.mark.parametrize(
    "words",
    ["大丈夫です、忘れてください", "もう大丈夫、死ぬから", "薬を飲んだから大丈夫", "夫が家にいます", "妻がそばにいます", "いいえ", "はい",
     "大丈夫じゃないけど大丈夫", "もうすぐ楽になれるので大丈夫", "", "。。。"],
)  # fmt: skip
def test_what_only_sounds_calm_is_not_taken_for_safe(words):
    assert said(words) is None


def test_a_man_is_not_shown_a_shelter_for_women(directory: Directory):
    women_only = {w.id for w in windows_for("dv", Case(woman=None), directory) if w.women_only}
    assert women_only
    assert not women_only & {w.id for w in windows_for("dv", Case(woman=False), directory)}

"""One message seen several ways: whatever people type, something sensible comes out."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.views import MOST_CHARACTERS, normalise, views_of_all


def test_half_width_kana_becomes_full(tiny):
    assert normalise("ｼｺﾞﾄ ｶﾞ ﾅｲ") == "シゴト ガ ナイ"


def test_a_message_in_kana_only_is_read_like_one_in_kanji(tiny):
    kana, kanji = (tiny.views(text).reading for text in ("しごとがない", "仕事がない"))
    assert kana == kanji == "しごとがない"


def test_half_width_kana_is_read_like_hiragana(tiny):
    assert tiny.views("ｼｺﾞﾄｶﾞﾅｲ").reading == "しごとがない"


def test_a_spelling_does_not_change_the_normal_words(tiny):
    one, other = (set(tiny.views(text).words) for text in ("引越したい", "引っ越したい"))
    assert one & other


def test_an_empty_message_is_seen_as_nothing(tiny):
    seen = tiny.views("")
    assert (seen.characters, seen.words, seen.reading) == ("", (), "")
    assert not seen.vector.any()


@pytest.mark.parametrize("text", ["😂😂😂", "🏠がない", "👨‍👩‍👧", "...", "♡", "\u200b"])
def test_emoji_and_signs_are_seen_without_an_error(tiny, text):
    assert np.isfinite(tiny.views(text).vector).all()


def test_a_wall_of_ten_thousand_characters_keeps_both_ends_and_no_more():
    wall = "はじめまして" + "あ" * 10_000 + "今夜寝る所がない"
    seen = normalise(wall)
    assert len(seen) <= MOST_CHARACTERS + 1
    assert seen.startswith("はじめまして") and seen.endswith("今夜寝る所がない")


def test_facts_become_words_and_ages_and_money_become_bands(tiny):
    seen = tiny.views("80歳の母です。借金があり、手元に500円しかありません")
    assert {"age:old", "money:little", "needs:debt"} <= set(seen.facts)


def test_patterns_of_danger_are_named_with_kind_and_level(tiny):
    assert "suicide:now" in tiny.views("もう死にたい").patterns
    assert tiny.views("粗大ごみの出し方").patterns == ()


def test_many_seen_at_once_are_seen_as_each_by_itself(tiny):
    texts = ["仕事がない", "", "ｼｺﾞﾄ", "父に殴られた"] * 3
    for together, alone in zip(views_of_all(tiny.nlp, texts), map(tiny.views, texts), strict=True):
        assert (together.words, together.reading, together.facts) == (alone.words, alone.reading, alone.facts)

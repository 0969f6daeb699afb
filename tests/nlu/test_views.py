"""One message seen several ways: whatever people type, something sensible comes out."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.views import MOST_CHARACTERS, normalise, views_of


def test_half_width_kana_becomes_full(tiny):
    assert normalise("ｼｺﾞﾄ ｶﾞ ﾅｲ") == "シゴト ガ ナイ"


def test_a_message_in_kana_only_is_read_like_one_in_kanji(tiny):
    kana, kanji = (views_of(tiny.doc(text), {}).reading for text in ("しごとがない", "仕事がない"))
    assert kana == kanji == "しごとがない"


def test_half_width_kana_is_read_like_hiragana(tiny):
    assert views_of(tiny.doc("ｼｺﾞﾄｶﾞﾅｲ"), {}).reading == "しごとがない"


def test_a_spelling_does_not_change_the_normal_words(tiny):
    one, other = (set(views_of(tiny.doc(text), {}).words) for text in ("引越したい", "引っ越したい"))
    assert one & other


def test_an_empty_message_is_seen_as_nothing(tiny):
    seen = views_of(tiny.doc(""), {})
    assert (seen.characters, seen.words, seen.reading) == ("", (), "")
    assert not seen.vector.any()


@pytest.mark.parametrize("text", ["😂😂😂", "🏠がない", "👨‍👩‍👧", "...", "♡", "\u200b"])
def test_emoji_and_signs_are_seen_without_an_error(tiny, text):
    assert np.isfinite(views_of(tiny.doc(text), {}).vector).all()


def test_a_wall_of_ten_thousand_characters_keeps_both_ends_and_no_more():
    wall = "はじめまして" + "あ" * 10_000 + "今夜寝る所がない"
    seen = normalise(wall)
    assert len(seen) <= MOST_CHARACTERS + 1
    assert seen.startswith("はじめまして") and seen.endswith("今夜寝る所がない")


def test_facts_become_words_and_ages_become_bands(tiny):
    heard = {"ages": (80, 80), "money": 500, "needs": ["debt"], "tonight": True}
    assert set(views_of(tiny.doc("x"), heard).facts) == {"age:old", "money:little", "needs:debt", "tonight:True"}

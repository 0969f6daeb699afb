"""The components, trained on a handful of utterances: shapes, what they put on a message, and that a stored model is the same."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from bot.nlu.featurizer import row_of, vectorizer_of
from bot.nlu.linear import scores_of_unseen_hands
from knowledge.taxonomy import taxonomy

UNTIDY = ["しごとさがしてます", "ｼｺﾞﾄ", "😂", "a", "今夜" * 3000, "。。。", "仕事\n\n仕事\t仕事"]


@pytest.mark.parametrize("text", ["仕事を探しています", *UNTIDY])
def test_every_message_becomes_one_row_of_the_same_width(tiny, text):
    row, expected = row_of(tiny.ask(text)), row_of(tiny.ask("今夜寝る所がない"))
    assert row.shape == expected.shape == (1, expected.shape[1])
    assert row.dtype == np.float32
    assert np.isfinite(row.data).all()


def test_what_is_heard_stands_in_the_first_columns(tiny):
    message = tiny.ask("今夜寝る所がない")
    width = vectorizer_of(message).heard_width
    assert 0 < width < row_of(message).shape[1]
    assert row_of(message)[:, :width].nnz > 0


def test_all_nine_are_listed_best_first_with_scores_between_nought_and_one(tiny):
    listed = tiny.ask("今夜寝る所がない").get("situations")
    scores = [one["score"] for one in listed]
    assert {one["key"] for one in listed} == set(taxonomy().keys)
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_man_without_a_bed_and_a_woman_without_work_are_told_apart(tiny):
    assert tiny.ask("今夜寝る所がありません").get("situations")[0]["key"] == "no_shelter_tonight"
    assert tiny.ask("仕事が見つかりません").get("situations")[0]["key"] == "employment"


def test_a_selected_situation_names_words_of_the_message_that_spoke_for_it(tiny):
    best = tiny.ask("仕事を探しています").get("situations")[0]
    assert best["selected"]
    assert best["because"]
    assert any("仕事" in word for word in best["because"])


def test_a_situation_that_was_not_selected_gives_no_reasons(tiny):
    assert not any(s["because"] for s in tiny.ask("仕事を探しています").get("situations") if not s["selected"])


def test_who_wishes_to_die_is_heard_at_once(tiny):
    found = tiny.ask("死にたい").get("danger")
    assert found is not None
    assert found["kind"] == "suicide"


def test_whoever_only_says_hello_is_in_no_danger(tiny):
    assert tiny.ask("こんにちは").get("danger") is None


@pytest.mark.parametrize("text", ["今夜寝る所がない", "仕事を探しています", "死にたい", "こんにちは", *UNTIDY])
def test_a_stored_model_understands_exactly_as_the_one_just_trained(tiny, text):
    before, after = tiny.ask(text), tiny.loaded_again().ask(text)
    for name in ("act", "facts", "situations", "danger"):
        assert before.get(name) == after.get(name), name


@pytest.mark.parametrize(("folds", "share"), [(1, 0.2), (5, 1.0)])
def test_thresholds_are_chosen_on_writers_the_model_has_not_seen(folds, share):
    hands = [f"w{number:02}" for number in range(10)] * 6
    own_word = sparse.csr_matrix(
        np.array([[hand == name for name in sorted(set(hands))] for hand in hands], dtype=np.float32)
    )
    harm = [frozenset({"danger"}) if hand in ("w00", "w01", "w05", "w06") else frozenset() for hand in hands]
    scores, held_out = scores_of_unseen_hands(own_word, harm, ["danger"], hands, folds)
    assert sorted(set(held_out)) == sorted(held_out) and len(held_out) == share * len(hands)
    assert scores.max() < 0.6  # whose word was never seen is known by nothing

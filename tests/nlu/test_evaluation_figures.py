"""The figures are counted as the issue defines them: small examples that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from bot.evaluation.answers import Answers
from bot.evaluation.baselines import held_out, keywords, thresholds
from bot.evaluation.data import CHECK, NO_DANGER, NOW, Truth
from bot.evaluation.metrics import FIGURES, calibration, confusion, measure

VALUES = {figure.name: figure.of for figure in FIGURES}


def lines(*described: tuple[str, tuple[int, ...], int, tuple[int, ...], int]) -> tuple[Truth, Answers]:
    """(set, true situations, true danger, selected ones with the best first, danger heard) for each line."""
    source, true, danger, got, heard = zip(*described, strict=True)
    scores = np.zeros((len(described), 9))
    for row, one in enumerate(got):
        scores[row, list(one)] = np.linspace(0.9, 0.6, len(one))
    truth = Truth(
        np.array([[i in one for i in range(9)] for one in true]), np.array([one[0] if one else -1 for one in true]),
        np.array(danger), np.array(source),
    )  # fmt: skip
    return truth, Answers(scores, scores > 0.5, np.array(heard), scores.max(axis=1))


def test_the_best_counts_when_it_is_any_of_the_true_ones():
    told = lines(("situations", (1, 2), 0, (2,), 0), ("situations", (3,), 0, (4, 3), 0))
    assert VALUES["best situation is one of the true ones"](*told) == 0.5
    assert VALUES["a true one among the best three"](*told) == 1.0


def test_nothing_selected_is_right_only_outside_the_nine():
    told = lines(("situations", (), 0, (), 0), ("situations", (), 0, (4,), 0), ("situations", (1,), 0, (), 0))
    assert VALUES["nothing of the nine → nothing selected"](*told) == 0.5


def test_a_danger_heard_as_check_counts_for_any_but_not_for_now():
    told = lines(("dangers", (), NOW, (), CHECK), ("dangers", (), NOW, (), NOW), ("dangers", (), CHECK, (), NO_DANGER))
    assert VALUES["danger recall (any kind; `now` or `check`)"](*told) == pytest.approx(2 / 3)
    assert VALUES["danger recall at level `now`"](*told) == 0.5


def test_false_alarms_are_counted_on_ordinary_messages_and_idioms_apart():
    told = lines(
        ("situations", (1,), 0, (1,), NOW), ("situations", (1,), 0, (1,), 0),
        ("hard_negatives", (), 0, (), CHECK), ("situations", (1,), NOW, (1,), NOW),
    )  # fmt: skip
    assert VALUES["false `now` on ordinary messages"](*told) == 0.5
    assert VALUES["false `now` on loud idioms"](*told) == 0.0
    assert VALUES["false `now` or `check` on loud idioms"](*told) == 1.0


def test_the_weakest_recall_is_that_of_the_situation_most_often_lost():
    told = lines(("situations", (1,), 0, (1,), 0), ("situations", (2,), 0, (1,), 0), ("situations", (2,), 0, (2,), 0))
    assert VALUES["weakest situation's recall"](*told) == 0.5


def test_an_interval_holds_the_figure():
    told = lines(*[("situations", (i % 9,), 0, ((i % 9,) if i % 3 else (8 - i % 9,)), 0) for i in range(90)])
    best = measure(told[0], [told[1], told[1]])[0]
    assert best.low <= best.value <= best.high
    assert best.low < best.high


def test_the_confusion_of_a_line_with_nothing_selected_stands_in_the_last_column():
    counts = confusion(*lines(("situations", (1,), 0, (), 0), ("situations", (1, 2), 0, (2,), 0)))
    assert counts.shape == (9, 10)
    assert counts[1, 9] == 1 and counts[2, 2] == 1 and counts.sum() == 2


def test_scores_that_come_true_as_often_as_they_say_have_no_gap():
    truth, answers = lines(*[("situations", (0,) if i % 2 else (1,), 0, (), 0) for i in range(10)])
    even = Answers(np.tile([0.5, 0.5, *[0.0] * 7], (10, 1)), answers.selected, answers.danger, answers.gate)
    assert calibration(truth, even)[3] == pytest.approx(0)


def test_thresholds_of_a_baseline_keep_false_alarms_rare_on_the_writers_held_out():
    dice = np.random.default_rng(0)
    scores, truth = dice.random((2000, 11)), np.zeros((2000, 11), dtype=bool)
    nine, any_from, now_from = thresholds(scores, truth)
    assert nine.shape == (9,)
    assert (scores[:, 9] >= any_from).mean() == pytest.approx(0.06, abs=0.002)
    assert (scores[:, 10] >= now_from).mean() == pytest.approx(0.01, abs=0.002)


def test_a_writer_held_out_is_held_out_whole():
    hands = [f"w{i % 11}" for i in range(100)]
    out = held_out(hands)
    assert {h for h, o in zip(hands, out, strict=True) if o}.isdisjoint(
        h for h, o in zip(hands, out, strict=True) if not o
    )


def test_keyword_lists_hear_the_words_of_the_labels():
    answers = keywords(["生活保護を受けたい", "こんにちは"])
    assert answers.selected[0].any()
    assert not answers.selected[1].any()

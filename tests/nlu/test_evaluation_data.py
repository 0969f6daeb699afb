"""The evaluation sets: frozen, labelled as agreed, big enough, and strange to everything that is trained on."""

from __future__ import annotations

import pytest
from rasa.shared.data import is_nlu_file

from bot.evaluation.data import EVAL, SETS, digest, frozen, read_sets
from bot.evaluation.leaks import find_leaks
from tests.nlu.test_training_data import read


@pytest.fixture(scope="module")
def examples():
    return read_sets()


def test_the_sets_are_as_they_were_when_they_were_frozen():
    assert frozen() == {f"{name}.yml": digest(name) for name in SETS}


def test_the_sets_are_as_large_as_was_asked_for(examples):
    sizes = {name: sum(example.source == name for example in examples) for name in SETS}
    assert sizes["situations"] >= 900
    assert sizes["dangers"] >= 400
    assert sizes["hard_negatives"] >= 400


def test_every_line_has_an_id_of_its_own_and_a_text_of_its_own(examples):
    assert len({example.labels.id for example in examples}) == len(examples)
    assert len({example.text for example in examples}) == len(examples)
    assert all(example.text for example in examples)


def test_every_danger_line_has_a_danger_and_no_hard_negative_has(examples):
    assert all(example.labels.danger for example in examples if example.source == "dangers")
    assert not any(example.labels.danger for example in examples if example.source == "hard_negatives")


def test_other_hands_wrote_the_evaluation_than_the_training(examples):
    assert not {example.labels.hand for example in examples} & {about.get("hand") for _, _, _, about in read()}


def test_no_evaluation_line_leaks_from_training(examples):
    assert find_leaks([example.text for example in examples], [text for _, _, text, _ in read()]) == []


def test_rasa_does_not_take_the_sets_for_training_data():
    assert not any(is_nlu_file(str(path)) for path in EVAL.glob("*.yml"))


class TestTheLeakCheckItself:
    TRAINED = ("きのう府中の刑務所を出てきて今夜寝る所がなくて困っています", "もう限界")

    def test_finds_a_run_of_eighteen_characters(self):
        assert find_leaks(["母です。府中の刑務所を出てきて今夜寝る所がない息子"], self.TRAINED)

    def test_finds_it_through_spaces_and_half_width_letters(self):
        assert find_leaks(["もう 限界"], self.TRAINED)

    def test_finds_a_near_duplicate(self):
        assert find_leaks(["きのう府中の刑務所を出て、今夜寝る所がなくて困っています"], self.TRAINED)

    def test_lets_another_wording_pass(self):
        assert find_leaks(["刑務所を出たばかりで泊まる場所がありません", "限界です"], self.TRAINED) == []

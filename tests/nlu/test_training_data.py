"""The training utterances: every label is one of ours, and there are as many of each kind as were asked for."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from bot.evaluation.data import KINDS, LEVELS, TRAINING
from bot.nlu.hearing import SPEAKERS
from bot.settings import ROOT
from knowledge.taxonomy import taxonomy

FIELDS = {"situations", "danger", "speaker", "hand"}


def read() -> list[tuple[str, str, str, dict]]:
    """(file, act, text, metadata) of every utterance."""
    found = []
    for path in sorted(TRAINING.rglob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            for example in block["examples"]:
                place = path.relative_to(TRAINING).as_posix()
                found.append((place, block["intent"], example["text"].strip(), example.get("metadata") or {}))
    return found


@pytest.fixture(scope="module")
def utterances():
    return read()


def test_every_situation_is_one_of_the_nine_and_said_once(utterances):
    for file, _, text, about in utterances:
        situations = about.get("situations", [])
        assert set(situations) <= set(taxonomy().keys), (file, text)
        assert len(situations) == len(set(situations)), (file, text)


def test_every_danger_is_a_known_kind_and_level(utterances):
    for file, _, text, about in utterances:
        if "danger" in about:
            kind, _, level = about["danger"].partition(":")
            assert kind in KINDS and level in LEVELS, (file, text)


def test_every_utterance_has_a_writer_and_no_unknown_label(utterances):
    for file, _, text, about in utterances:
        assert about.get("hand"), (file, text)
        assert set(about) <= FIELDS, (file, text)
        assert about.get("speaker") in (None, *SPEAKERS), (file, text)


def test_no_utterance_is_empty_or_stands_twice(utterances):
    texts = Counter(text for _, _, text, _ in utterances)
    assert "" not in texts
    assert [text for text, count in texts.items() if count > 1] == []


def test_every_act_is_an_intent_of_the_domain(utterances):
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    intents = {next(iter(one)) if isinstance(one, dict) else one for one in domain["intents"]}
    assert {act for _, act, _, _ in utterances} <= intents


def test_who_is_in_a_situation_or_danger_tells_of_it(utterances):
    acts = {act for _, act, _, about in utterances if about.get("situations") or about.get("danger")}
    assert acts == {"tell_situation"}


def test_at_least_six_thousand_tell_of_situations_and_a_third_of_several(utterances):
    told = [about["situations"] for file, _, _, about in utterances if file.startswith("situations/")]
    assert len(told) >= 6000
    assert sum(len(situations) > 1 for situations in told) >= len(told) / 3


def test_at_least_1500_dangers_1000_hard_negatives_and_1000_outside_the_nine(utterances):
    assert sum("danger" in about for _, _, _, about in utterances) >= 1500
    assert sum(file == "dangers/hard_negatives.yml" for file, _, _, _ in utterances) >= 1000
    assert sum(not about.get("situations") and "danger" not in about for _, _, _, about in utterances) >= 1000


def test_each_of_the_nine_and_each_danger_has_enough_to_learn_from(utterances):
    nine = Counter(key for _, _, _, about in utterances for key in about.get("situations", []))
    kinds = Counter(about["danger"].partition(":")[0] for _, _, _, about in utterances if "danger" in about)
    assert min(nine[key] for key in taxonomy().keys) >= 500
    assert min(kinds[kind] for kind in KINDS) >= 100

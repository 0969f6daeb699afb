"""What a message does (its intent): tells of a trouble, greets, asks whether this stays secret, wants a person ..."""

from __future__ import annotations

import itertools

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse

from bot.nlu.component import LearntComponent
from bot.nlu.featurizer import row_of
from bot.nlu.labels import Label, labelled
from bot.nlu.linear import Linear, fit

TELL = "tell_situation"
NONSENSE = "nonsense"
TELLING_KEPT = 4
FEWEST_LETTERS = 2


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ActClassifier(LearntComponent):
    """Sets Rasa's ``intent`` and ``intent_ranking``, and ``act`` for those who come after."""

    learnt: Linear | None

    def learn(self, training_data: TrainingData) -> Linear:
        examples = _thinned(labelled(training_data))
        rows = sparse.vstack([row_of(message) for message, _ in examples], format="csr")
        acts = [frozenset({label.act}) for _, label in examples]
        classes = sorted({label.act for _, label in examples})
        return fit(rows, acts, classes)

    def hear(self, message: Message) -> None:
        assert self.learnt is not None
        row = row_of(message)
        if row.nnz == 0 or not says_something(message):
            set_act(message, NONSENSE, 1.0)
            return
        scores = dict(zip(self.learnt.classes, self.learnt.scores(row)[0].tolist(), strict=True))
        ranking = sorted(scores.items(), key=lambda item: -item[1])
        message.set(INTENT_RANKING_KEY, [_intent(*item) for item in ranking[:5]], add_to_output=True)
        set_act(message, *ranking[0])


def _thinned(examples: list[tuple[Message, Label]]) -> list[tuple[Message, Label]]:
    """Nine in ten messages tell of a trouble; every fourth of them is enough to know them from the other acts."""
    telling = itertools.count()
    return [pair for pair in examples if pair[1].act != TELL or next(telling) % TELLING_KEPT == 0]


def says_something(message: Message) -> bool:
    """At least two letters of any script: a digit, an emoji or a single character tells nothing by itself."""
    return sum(character.isalpha() for character in message.get(TEXT) or "") >= FEWEST_LETTERS


def set_act(message: Message, act: str, confidence: float) -> None:
    message.set(INTENT, _intent(act, confidence), add_to_output=True)
    message.set("act", act, add_to_output=True)


def _intent(name: str, confidence: float) -> dict[str, object]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: float(confidence)}

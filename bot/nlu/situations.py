"""Which of the nine situations a message tells of: several at once, each with a calibrated score and the words that spoke for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse
from sklearn.metrics import f1_score

from bot.nlu.acts import TELL, says_something, set_act
from bot.nlu.component import LearntComponent
from bot.nlu.featurizer import row_of, vectorizer_of
from bot.nlu.labels import Label, labelled
from bot.nlu.linear import Linear, fit, scores_of_unseen_hands
from knowledge.taxonomy import taxonomy

ANY = "any_situation"
QUIET_WANTED = 0.93  # of the messages outside the nine, so many must stay without a situation, on the writers held out
MOST_WORDS = 4
FOLDS = 3  # of five; each costs as much as the training itself
SURER = 0.3  # a message that is so much surer to be something else, such as 「お金 いくら」, tells of no situation


@dataclass(frozen=True)
class Learnt:
    """``gate``: the score of "any situation" from which something is selected; ``thresholds``: one for each of the nine."""

    model: Linear
    gate: float
    thresholds: tuple[float, ...]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SituationClassifier(LearntComponent):
    """Sets ``situations``: all nine, best first, as dicts with code, key, score, selected and because."""

    learnt: Learnt | None

    def learn(self, training_data: TrainingData) -> Learnt:
        examples = labelled(training_data)
        rows = sparse.vstack([row_of(message) for message, _ in examples], format="csr")
        labels = [_with_any(label) for _, label in examples]
        classes = (*taxonomy().keys, ANY)
        scores, held_out = scores_of_unseen_hands(rows, labels, classes, [label.hand for _, label in examples], FOLDS)
        gate, thresholds = _choose(scores, [labels[i] for i in held_out])
        return Learnt(fit(rows, labels, classes), gate, thresholds)

    def hear(self, message: Message) -> None:
        assert self.learnt is not None
        row = row_of(message)
        scores = self.learnt.model.scores(row)[0]
        nine = (
            _judge(scores, self.learnt)
            if row.nnz and says_something(message)
            else np.zeros(len(scores) - 1, dtype=bool)
        )
        if nine.any() and message.get("act") != TELL:
            if message.get(INTENT)[PREDICTED_CONFIDENCE_KEY] > scores[-1] + SURER:
                nine = np.zeros_like(nine)
            else:
                set_act(message, TELL, float(scores[-1]))
        message.set("situations", self._listed(message, row, scores, nine), add_to_output=True)

    def _listed(self, message: Message, row: Any, scores: np.ndarray, selected: np.ndarray) -> list[dict[str, Any]]:
        assert self.learnt is not None
        weights, vectorizer = self.learnt.model.weights, vectorizer_of(message)
        listed = []
        for index in np.argsort(-scores[:-1]):
            form = taxonomy().situations[index]
            because = vectorizer.terms(row, weights[:, index], MOST_WORDS) if selected[index] else []
            listed.append({
                "code": form.code, "key": form.key, "score": round(float(scores[index]), 4), "selected": bool(selected[index]),
                "because": because,
            })  # fmt: skip
        return listed


def _with_any(label: Label) -> frozenset[str]:
    return label.situations | {ANY} if label.situations else label.situations


def _judge(scores: np.ndarray, learnt: Learnt) -> np.ndarray:
    """Which of the nine are selected, bool of shape (9,): nothing below the gate, at least the best above it."""
    if scores[-1] < learnt.gate:
        return np.zeros(len(scores) - 1, dtype=bool)
    selected = scores[:-1] >= np.array(learnt.thresholds)
    if not selected.any():
        selected[int(np.argmax(scores[:-1]))] = True
    return selected


def _choose(scores: np.ndarray, labels: list[frozenset[str]]) -> tuple[float, tuple[float, ...]]:
    """The gate that keeps outside messages quiet, then for each situation the threshold of its best F1, drawn half way to the
    common one: the writers held out are few."""
    truth = np.array([[key in label for key in taxonomy().keys] for label in labels])
    outside = ~truth.any(axis=1)
    gate = float(np.quantile(scores[outside, -1], QUIET_WANTED)) if outside.any() else 0.5
    gate = min(gate, 0.5)
    candidates = np.linspace(0.15, 0.6, 19)
    inside = scores[:, -1:] >= gate

    def best(columns: slice) -> float:
        f1 = [_f1(truth[:, columns], inside & (scores[:, :-1][:, columns] >= t)) for t in candidates]
        return float(candidates[int(np.argmax(f1))])

    common = best(slice(None))
    return gate, tuple((common + best(slice(i, i + 1))) / 2 for i in range(truth.shape[1]))


def _f1(truth: np.ndarray, selected: np.ndarray) -> float:
    return float(f1_score(truth, selected, average="macro" if truth.shape[1] > 1 else "binary", zero_division=0))

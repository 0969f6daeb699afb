"""The seven dangers: what a classifier hears together with what the patterns of ``bot.triage.danger`` see.

The patterns are features of the classifier (see ``views``), which so learns which of them are to be trusted. Without any model,
``bot.triage.danger.find`` is used alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse

from bot.nlu.acts import set_act
from bot.nlu.component import LearntComponent
from bot.nlu.featurizer import row_of, vectorizer_of
from bot.nlu.labels import Label, labelled
from bot.nlu.linear import Linear, fit, scores_of_unseen_hands
from bot.triage.danger import CHECK, NOW, dangers

TELL_DANGER = "tell_danger"
ANY_DANGER = "danger"
FALSE_NOW = 0.02  # share of ordinary troubles, by writers held out, that may be answered as a danger of level now
FALSE_ANY = 0.06
FOLDS = 5  # two thresholds rule everything: they are chosen on all writers, each held out once


@dataclass(frozen=True)
class Learnt:
    """Scores are those of the classes "danger", "now" and the seven kinds, in the order of ``model.classes``."""

    model: Linear
    now_from: float
    check_from: float


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DangerDetector(LearntComponent):
    """Sets ``danger`` to None or a dict with kind, level, score; level ``now`` takes the intent over."""

    learnt: Learnt | None

    def learn(self, training_data: TrainingData) -> Learnt:
        examples = labelled(training_data)
        rows = sparse.vstack([row_of(message) for message, _ in examples], format="csr")
        labels = [_classes_of(label) for _, label in examples]
        width = vectorizer_of(examples[0][0]).heard_width
        hands = [label.hand for _, label in examples]
        scores, held_out = scores_of_unseen_hands(rows, labels, (ANY_DANGER, NOW), hands, FOLDS, width)
        harmless = np.array([_is_ordinary(examples[i][1]) for i in held_out], dtype=bool)
        kinds = tuple(form.kind for form in dangers().dangers)
        return Learnt(
            model=fit(rows, labels, (ANY_DANGER, NOW, *kinds), width),
            now_from=float(np.quantile(scores[harmless, 1], 1 - FALSE_NOW)) if harmless.any() else 0.5,
            check_from=float(np.quantile(scores[harmless, 0], 1 - FALSE_ANY)) if harmless.any() else 0.5,
        )

    def hear(self, message: Message) -> None:
        danger = self._danger(message)
        message.set("danger", danger, add_to_output=True)
        if danger is not None and danger["level"] == NOW:
            act = message.get("act")
            set_act(message, TELL_DANGER, danger["score"])
            message.set("act", act, add_to_output=True)

    def _danger(self, message: Message) -> dict[str, Any] | None:
        assert self.learnt is not None
        scores = self.learnt.model.scores(row_of(message))[0]
        kind = self.learnt.model.classes[2:][int(np.argmax(scores[2:]))]
        if scores[1] >= self.learnt.now_from:
            return {"kind": kind, "level": NOW, "score": round(float(scores[1]), 4)}
        if scores[0] >= self.learnt.check_from:
            return {"kind": kind, "level": CHECK, "score": round(float(scores[0]), 4)}
        return None


def _is_ordinary(label: Label) -> bool:
    return label.danger is None and bool(label.situations) and not label.loud


def _classes_of(label: Label) -> frozenset[str]:
    if label.danger is None:
        return frozenset()
    kind, _, level = label.danger.partition(":")
    return frozenset({ANY_DANGER, kind, *({NOW} if level == NOW else ())})

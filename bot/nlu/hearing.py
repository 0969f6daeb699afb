"""What a message says beside its situation: by its words (``bot.triage.hearing``), or a classifier for who speaks."""

from __future__ import annotations

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse

from bot.nlu.component import LearntComponent
from bot.nlu.featurizer import row_of
from bot.nlu.labels import labelled
from bot.nlu.linear import Linear, fit
from bot.triage.hearing import facts

SPEAKERS = ("self", "family", "supporter")
LIKELY_SPEAKER = "likely_speaker"  # a guess: it fills an empty slot and never changes what was said
SURE_FROM = 0.8  # below it the bot rather asks


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FactExtractor(LearntComponent):
    """Sets ``facts``: plain values under the names of the slots, only those that were heard."""

    learnt: Linear | None

    def learn(self, training_data: TrainingData) -> Linear | None:
        examples = [(message, label) for message, label in labelled(training_data) if label.speaker in SPEAKERS]
        if not examples:
            return None
        rows = sparse.vstack([row_of(message) for message, _ in examples], format="csr")
        speakers = [frozenset({str(label.speaker)}) for _, label in examples]
        heard = [speaker for speaker in SPEAKERS if any(speaker in who for who in speakers)]
        if len(heard) < 2:
            return None
        return fit(rows, speakers, heard)

    def hear(self, message: Message) -> None:
        text = message.get("text") or ""
        heard = facts(text)
        if "speaker" not in heard and (speaker := self._speaker(message)):
            heard = facts(text, speaker)
            heard[LIKELY_SPEAKER] = heard.pop("speaker", speaker)
        message.set("facts", heard, add_to_output=True)

    def _speaker(self, message: Message) -> str | None:
        row = row_of(message)
        if self.learnt is None or row.nnz == 0:
            return None
        scores = self.learnt.scores(row)[0]
        best = int(np.argmax(scores))
        return self.learnt.classes[best] if scores[best] >= SURE_FROM else None

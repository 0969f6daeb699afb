"""Turns a message into one sparse row: n-grams of reading and characters, facts, concepts, patterns, words, vectors.

The row is a sentence feature of Rasa, shape (1, width); the columns of reading, facts, concepts and patterns stand first, so that training
can show the classifiers messages of which only these are known (see ``linear``).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.nlu.component import StoredComponent
from bot.nlu.ginza_nlp import GinzaNLP
from bot.nlu.views import Views, views_of, views_of_all
from bot.triage.danger import CHECK, NOW, dangers

ORIGIN = "japanese"
VIEWS = "views"  # of a training message, kept from fitting to transforming
# chosen by cross-validation over hands; the vectors' 64 main directions teach as much as all 600 numbers, in a third of the time
FACT_WEIGHT = 0.3
CONCEPT_WEIGHT = 0.3
PATTERN_WEIGHT = 0.3
VECTOR_WEIGHT = 0.03
DIRECTIONS = 64


def unchanged(tokens: Any) -> Any:
    return tokens


def _tfidf(**options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(min_df=3, sublinear_tf=True, dtype=np.float32, lowercase=False, **options)


class ViewVectorizer:
    """The fitted vocabularies. ``transform`` gives a CSR matrix of shape (messages, width)."""

    def __init__(self) -> None:
        self.characters = _tfidf(analyzer="char", ngram_range=(1, 3))
        self.words = _tfidf(analyzer=unchanged)
        self.reading = _tfidf(analyzer="char", ngram_range=(2, 4))
        self.facts = CountVectorizer(analyzer=unchanged, binary=True, min_df=2, dtype=np.float32)
        self.concepts = CountVectorizer(analyzer=unchanged, binary=True, min_df=2, dtype=np.float32)
        self.patterns = CountVectorizer(
            analyzer=unchanged,
            binary=True,
            vocabulary=[f"{form.kind}:{level}" for form in dangers().dangers for level in (NOW, CHECK)],
            dtype=np.float32,
        )
        self.vectors = make_pipeline(StandardScaler(), TruncatedSVD(DIRECTIONS, random_state=0))

    def fit(self, views: list[Views]) -> ViewVectorizer:
        self.characters.fit([v.characters for v in views])
        self.words.fit([v.words for v in views])
        self.reading.fit([v.reading for v in views])
        self.facts.fit([v.facts for v in views])
        self.concepts.fit([v.concepts for v in views])
        self.word_names = self.words.get_feature_names_out()
        self.vectors.fit(np.stack([v.vector for v in views]))
        return self

    def transform(self, views: list[Views]) -> sparse.csr_matrix:
        vectors = self.vectors.transform(np.stack([v.vector for v in views])).astype(np.float32) * VECTOR_WEIGHT
        parts = [
            self.reading.transform([v.reading for v in views]),
            self.facts.transform([v.facts for v in views]) * FACT_WEIGHT,
            self.concepts.transform([v.concepts for v in views]) * CONCEPT_WEIGHT,
            self.patterns.transform([v.patterns for v in views]) * PATTERN_WEIGHT,
            self.characters.transform([v.characters for v in views]),
            self.words.transform([v.words for v in views]),
            sparse.csr_matrix(vectors),
        ]
        return sparse.hstack(parts, format="csr", dtype=np.float32)

    @property
    def heard_width(self) -> int:
        """How many columns, the first ones, hold what is left when the spelling cannot be trusted."""
        heard = (self.reading.vocabulary_, self.facts.vocabulary_, self.concepts.vocabulary_, self.patterns.vocabulary)
        return sum(map(len, heard))

    def terms(self, row: sparse.csr_matrix, weights: np.ndarray, most: int) -> list[str]:
        """The words of the message that spoke most for a class, given the class's weights (shape (width,))."""
        start = self.heard_width + len(self.characters.vocabulary_)
        names = self.word_names
        columns = row.indices[(row.indices >= start) & (row.indices < start + len(names))]
        values = {names[c - start]: float(weights[c] * row[0, c]) for c in columns}
        best = sorted((name for name in values if values[name] > 0), key=lambda name: -values[name])
        return [name.replace("_", "") for name in best[:most]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True, model_from="GinzaNLP")
class JapaneseFeaturizer(StoredComponent):
    """Fits the vocabularies on the training messages and puts the row on each message."""

    learnt: ViewVectorizer | None

    @classmethod
    def required_components(cls) -> list[type]:
        return [GinzaNLP]

    def train(self, training_data: TrainingData, model: SpacyModel) -> Resource:
        self.learnt = ViewVectorizer().fit(_seen(training_data, model))
        return self.keep()

    def process_training_data(self, training_data: TrainingData, model: SpacyModel) -> TrainingData:
        self._put_rows(_read(training_data), _seen(training_data, model))
        for message in _read(training_data):
            message.data.pop(VIEWS)
        return training_data

    def process(self, messages: list[Message], model: SpacyModel) -> list[Message]:
        self._put_rows(messages, [views_of(model.model, message.get(TEXT) or "") for message in messages])
        return messages

    def _put_rows(self, messages: list[Message], views: list[Views]) -> None:
        assert self.learnt is not None
        rows = self.learnt.transform(views) if views else []
        for index, message in enumerate(messages):
            message.add_features(Features(rows[index], FEATURE_TYPE_SENTENCE, TEXT, ORIGIN))
            message.set("vectorizer", self.learnt)


def _read(training_data: TrainingData) -> list[Message]:
    """The examples that have a text."""
    return [message for message in training_data.training_examples if message.get(TEXT)]


def _seen(training_data: TrainingData, model: SpacyModel) -> list[Views]:
    """The views of all training messages, made once."""
    messages = _read(training_data)
    if any(message.get(VIEWS) is None for message in messages):
        for message, views in zip(messages, views_of_all(model.model, [m.get(TEXT) for m in messages]), strict=True):
            message.set(VIEWS, views)
    return [message.get(VIEWS) for message in messages]


def row_of(message: Message) -> sparse.csr_matrix:
    """The row that :class:`JapaneseFeaturizer` put on the message, shape (1, width)."""
    _, sentence = message.get_sparse_features(TEXT, [ORIGIN])
    return sentence.features


def vectorizer_of(message: Message) -> ViewVectorizer:
    return message.get("vectorizer")

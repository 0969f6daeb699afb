"""The product's own components, trained and asked by hand in the order of ``config.yml``: the very code that Rasa's graph runs.

Without the graph, tokens and features, which hold no chance, are made once for all runs. A run is one training of what learns from
labels: the first is the product as it ships; each other one shuffles the order of the utterances and the names of their writers,
so that other writers choose the thresholds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import class_from_module_path
from rasa.shared.utils.io import read_config_file

from actions.step import understanding_of
from bot.evaluation.answers import Answers, answers_of
from bot.messages import clean_message
from bot.nlu.component import LearntComponent
from bot.nlu.featurizer import JapaneseFeaturizer, row_of
from bot.nlu.ginza_nlp import GinzaNLP
from bot.nlu.labels import Label, labelled
from bot.nlu.situations import ANY, SituationClassifier
from bot.settings import ROOT, Settings
from bot.triage.case import Understanding

PRODUCT = 0  # the run that is the product itself


class Product:
    """The trained classifiers of one run. ``understand`` does what Rasa's graph does with one message after another."""

    def __init__(self, components: list[LearntComponent]) -> None:
        self._components = components
        self._classifier = next(one for one in components if isinstance(one, SituationClassifier))

    def understand(self, messages: Sequence[Message]) -> tuple[list[Understanding], Answers]:
        """Understandings, and the same as arrays, of messages of :meth:`Workshop.messages`, which stay as they are."""
        assert self._classifier.learnt is not None
        asked = _copies(messages)
        for component in self._components:
            asked = component.process(asked)
        gate = np.array([self._sure_of_any(message) for message in asked])
        understood = [understanding_of(message.as_dict(only_output_properties=True)) for message in asked]
        return understood, answers_of(understood, gate, self._classifier.learnt.gate)

    def _sure_of_any(self, message: Message) -> float:
        assert self._classifier.learnt is not None
        model = self._classifier.learnt.model
        return float(model.scores(row_of(message))[0, model.classes.index(ANY)])


class Workshop:
    """GiNZA, the features of the training utterances, and what learns from them: trains a :class:`Product` for each run."""

    def __init__(self, root: Path = ROOT) -> None:
        config = read_config_file(str(root / "config.yml"))
        self._pipeline: list[dict[str, Any]] = config["pipeline"]
        ginza = GinzaNLP.create({**GinzaNLP.get_default_config(), **self._pipeline[0]}, None, None, None)
        self.nlp: SpacyModel = ginza.provide()
        data = _training_data(root, config["language"])
        self._features: list[Any] = []
        with TemporaryDirectory() as folder:
            for made, settings in self._classes(features=True):
                component = made.create(settings, *_wiring(made, folder))
                component.train(data, self.nlp)
                data = component.process_training_data(data, self.nlp)
                self._features.append(component)
        self._data = data

    @property
    def utterances(self) -> list[tuple[str, Label]]:
        """The training utterances with their labels."""
        return [(message.get(TEXT), label) for message, label in labelled(self._data)]

    def messages(self, texts: Sequence[str]) -> list[Message]:
        """Texts as the assistant hands them on, with tokens and features."""
        most = Settings().max_characters
        messages = [Message({TEXT: clean_message(text, most)}) for text in texts]
        for component in self._features:
            messages = component.process(messages, self.nlp)
        return list(messages)

    def train(self, run: int = PRODUCT) -> Product:
        """One training; ``run`` is its seed, 0 is the product's own order and writers."""
        data = TrainingData()
        data.training_examples = _shuffled(self._data.training_examples, run)
        components = []
        with TemporaryDirectory() as folder:
            for made, settings in self._classes(features=False):
                component = made.create(settings, *_wiring(made, folder))
                component.train(data)
                components.append(component)
        return Product(components)

    def _classes(self, features: bool) -> Iterator[tuple[Any, dict[str, Any]]]:
        """The classes that ``config.yml`` names after GiNZA, with their settings: the featurizer, or those that learn from labels."""
        for entry in self._pipeline[1:]:
            made = class_from_module_path(entry["name"])
            if issubclass(made, JapaneseFeaturizer) is features:
                yield made, {**made.get_default_config(), **entry}


def _training_data(root: Path, language: str) -> TrainingData:
    """What ``shirube train`` gives to Rasa."""
    sources = [str(root / "data" / "nlu"), str(root / "data" / "rules")]
    importer = TrainingDataImporter.load_from_config(str(root / "config.yml"), str(root / "domain.yml"), sources)
    return importer.get_nlu_data(language)


def _wiring(made: type, folder: str) -> tuple[LocalModelStorage, Resource, ExecutionContext]:
    storage = LocalModelStorage.create(Path(folder))
    return storage, Resource(made.__name__), ExecutionContext(GraphSchema({}))


def _copies(messages: Sequence[Message]) -> list[Message]:
    return [Message(message.data, features=list(message.features)) for message in messages]


def _shuffled(messages: Sequence[Message], run: int) -> list[Message]:
    """Copies. In a run other than the product's own, writers and order are shuffled."""
    dice = random.Random(run)
    copies = _copies(messages)
    if run == PRODUCT:
        return copies
    writers = sorted({_hand(message) for message in messages})
    names = dict(zip(writers, dice.sample(writers, len(writers)), strict=True))
    for message in copies:
        about = message.get(METADATA) or {}
        example = about.get(METADATA_EXAMPLE) or {}
        message.set(METADATA, {**about, METADATA_EXAMPLE: {**example, "hand": names[_hand(message)]}})
    dice.shuffle(copies)
    return copies


def _hand(message: Message) -> str:
    about = (message.get(METADATA) or {}).get(METADATA_EXAMPLE) or {}
    return str(about.get("hand", ""))

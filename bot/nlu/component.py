"""What the trained components share: Rasa's wiring, and keeping one value in the model's storage."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, ClassVar, Self

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.taxonomy import KNOWLEDGE


class StoredComponent(GraphComponent):
    """A component whose whole knowledge is one picklable value, ``learnt``; None before training."""

    FILE: ClassVar[str] = "learnt.joblib"

    def __init__(self, storage: ModelStorage, resource: Resource, learnt: Any = None) -> None:
        self._storage, self._resource, self.learnt = storage, resource, learnt

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Rasa's cache sees neither code nor content: a change of either makes another component."""
        digest = hashlib.md5(usedforsecurity=False)
        for path in (*sorted(Path(__file__).parent.glob("*.py")), *sorted(KNOWLEDGE.glob("*.yml"))):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **kwargs: Any,
    ) -> Self:  # fmt: skip
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(Path(folder) / cls.FILE))

    def keep(self) -> Resource:
        """Store what was learnt."""
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self.learnt, Path(folder) / self.FILE)
        return self._resource


class LearntComponent(StoredComponent):
    """One that learns from messages with rows, and puts what it hears on a message."""

    def train(self, training_data: TrainingData) -> Resource:
        self.learnt = self.learn(training_data)
        return self.keep()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            self.hear(message)
        return messages

    def learn(self, training_data: TrainingData) -> Any:
        raise NotImplementedError

    def hear(self, message: Message) -> None:
        """Put what was understood on the message."""
        raise NotImplementedError

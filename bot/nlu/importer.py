"""Reads the project's training files quickly: Rasa's own way takes minutes for twenty thousand examples with metadata.

Named in config.yml, so that every ``rasa`` command uses it. It reads the one form that ``data/nlu`` has: a list of intents, each
with examples of a text and its metadata.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class BadTrainingFile(ValueError):
    """A training file is not as it must be; the message names the file and the reason."""


class Utterance(Message):
    """An example of the training files. Rasa asks each a dozen times what it is; its words and labels do not change."""

    _cached_fingerprint: str | None

    def fingerprint(self) -> str:
        if self._cached_fingerprint is None:
            told = (self.get(TEXT), self.get(INTENT), self.get(METADATA))
            self._cached_fingerprint = hashlib.md5(repr(told).encode(), usedforsecurity=False).hexdigest()
        return self._cached_fingerprint

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        kept = self._cached_fingerprint
        super().set(prop, info, add_to_output)
        self._cached_fingerprint = kept

    def add_features(self, features: Features | None) -> None:
        kept = self._cached_fingerprint
        super().add_features(features)
        self._cached_fingerprint = kept

    def __deepcopy__(self, memory: dict[int, Any]) -> Utterance:
        return Utterance(self.data, features=list(self.features))


class QuickImporter(RasaFileImporter):
    """Rasa's importer but for the reading of utterances."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        return TrainingData([message for path in self._nlu_files for message in read_examples(Path(path))])


@lru_cache(maxsize=100)
def read_examples(path: Path) -> list[Message]:
    """The messages of one file, read once in a process: Rasa asks three times. Raises :class:`BadTrainingFile`."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return [
            Utterance.build(
                text=example["text"].strip(),
                intent=block["intent"],
                example_metadata={**_known(example.get("metadata") or {}), "file": path.stem},
            )
            for block in content["nlu"]
            for example in block["examples"]
        ]
    except yaml.YAMLError as error:
        raise BadTrainingFile(f"{path}: not valid YAML: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise BadTrainingFile(f"{path}: an example needs a text, a block its intent and examples ({error})") from error


def _known(metadata: dict[str, Any]) -> dict[str, Any]:
    unknown = set(metadata) - {"situations", "danger", "speaker", "hand", "style"}
    if unknown:
        raise KeyError(f"unknown label {', '.join(sorted(unknown))}")
    return metadata

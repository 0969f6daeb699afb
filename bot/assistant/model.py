"""The trained Rasa model of this checkout: which one belongs to the present inputs, and how it is trained."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.settings import ROOT

INPUTS = ("config.yml", "domain.yml", "data/nlu/**/*.yml", "data/rules/*.yml", "bot/nlu/*.py", "bot/triage/hearing.py",
          "bot/triage/danger.py", "knowledge/situations.yml", "knowledge/dangers.yml", "knowledge/hearing.yml",
          "knowledge/concepts.yml", "uv.lock")  # fmt: skip


class ModelError(Exception):
    """The model cannot be trained or loaded; the message says why in one sentence."""


def inputs_fingerprint(root: Path = ROOT) -> str:
    """A name for everything the model is made from; another input, another name."""
    digest = hashlib.sha256()
    for pattern in INPUTS:
        for path in sorted(root.glob(pattern)):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def model_path(folder: Path) -> Path:
    """Where the model of the present inputs is, or would be."""
    return folder / f"shirube-{inputs_fingerprint()}.tar.gz"


def train(folder: Path) -> Path:
    """Train with Rasa from the project's root; raises :class:`ModelError` when Rasa refuses the data."""
    from rasa.model_training import train as rasa_train

    path = model_path(folder)
    try:
        result = rasa_train(
            domain=str(ROOT / "domain.yml"),
            config=str(ROOT / "config.yml"),
            training_files=[str(ROOT / "data" / "nlu"), str(ROOT / "data" / "rules")],
            output=str(folder),
            fixed_model_name=path.stem.removesuffix(".tar"),
        )
    except Exception as error:
        raise ModelError(f"the model could not be trained: {error}") from error
    if result.model is None or result.code != 0:
        raise ModelError("the model could not be trained: Rasa gave no model for this data")
    return Path(result.model)

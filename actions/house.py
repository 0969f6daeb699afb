"""Where the running process keeps the directory and the clock, so that every action finds them.

The application moves in at start; a plain ``rasa run actions`` furnishes itself from the settings on first use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.settings import Settings
from knowledge.database import open_directory
from knowledge.directory import Directory


@dataclass(frozen=True)
class House:
    """``directory`` and ``now`` are asked anew in every turn: the directory may have been loaded again, time goes on."""

    directory: Callable[[], Directory]
    now: Callable[[], datetime]


_current: House | None = None


def move_in(new: House) -> None:
    """Use this directory and clock from now on."""
    global _current
    _current = new


def house() -> House:
    """The directory and the clock of this process."""
    if _current is None:
        settings = Settings()
        directory = open_directory(settings.database_url)
        move_in(House(lambda: directory, settings.clock))
    assert _current is not None
    return _current

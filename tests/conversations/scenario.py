"""One scenario file: a short story of a person who writes to Shirube, and what a social worker expects of every answer.

Knows the form of the file only, nothing of any face. docs/conversations.md tells how to write one.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot.triage.interview import questions
from knowledge.hours import JAPAN
from knowledge.schema import DangerKind
from knowledge.taxonomy import KNOWLEDGE

FOLDER = Path(__file__).parent / "scenarios"
NO_DANGER = "none"
ACTIONS = ("says", "chooses", "skips", "answers", "erases")
ReplyType = Literal["text", "choices", "services", "danger", "memo", "ended"]


class ScenarioError(ValueError):
    """A file that cannot be read; the message begins with its name."""


@cache
def window_ids() -> frozenset[str]:
    """Every window of the reviewed source, so that a scenario cannot name one that is not there."""
    entries = (entry for path in KNOWLEDGE.glob("areas/*/*.yml") for entry in _entries(path))
    return frozenset(entry["id"] for entry in entries)


def _entries(path: Path) -> list[dict[str, Any]]:
    content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content if isinstance(content, list) else content["services"]


def _known_windows(names: tuple[str, ...]) -> tuple[str, ...]:
    if unknown := [name for name in names if name not in window_ids()]:
        raise ValueError(f"no such window: {', '.join(unknown)}")
    return names


def _known_questions(names: tuple[str, ...]) -> tuple[str, ...]:
    known = {form.id for form in questions().questions}
    if unknown := [name for name in names if name not in known]:
        raise ValueError(f"no such question: {', '.join(unknown)}")
    return names


def _known_danger(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        kind, _, level = name.partition(":")
        if name != NO_DANGER and (kind not in get_args(DangerKind) or level not in ("", "now", "check")):
            raise ValueError(f"no such danger: {name}")
    return names


def _listed(value: Any) -> Any:
    """A single word stands for a list of one."""
    return [value] if isinstance(value, str) else value


Windows = Annotated[tuple[str, ...], AfterValidator(_known_windows)]
Questions = Annotated[tuple[str, ...], AfterValidator(_known_questions)]
Dangers = Annotated[tuple[str, ...], BeforeValidator(_listed), AfterValidator(_known_danger)]


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Turn(Form):
    """What the person does (one of says, chooses, skips, answers, erases), then what must and must not be answered."""

    says: str | None = None
    chooses: Annotated[tuple[str, ...], BeforeValidator(_listed)] | None = None
    skips: Literal[True] | None = None
    answers: dict[str, str | list[str]] | None = None
    erases: Literal[True] | None = None

    replies: tuple[ReplyType, ...] = ()
    danger: Dangers | None = None  # one of these
    windows: Windows = ()  # at least one of these
    not_windows: Windows = ()
    not_asks: Questions = ()

    @model_validator(mode="after")
    def _does_one_thing(self) -> Turn:
        if len([name for name in ACTIONS if getattr(self, name) is not None]) != 1:
            raise ValueError(f"a turn does one of {', '.join(ACTIONS)}")
        return self

    @property
    def action(self) -> str:
        return next(name for name in ACTIONS if getattr(self, name) is not None)

    @property
    def words(self) -> str:
        """What the person did, in one line."""
        value = getattr(self, self.action)
        return value if self.action == "says" else self.action if value is True else f"{self.action} {value}"


class End(Form):
    """What holds over the whole talk."""

    windows: Windows = ()
    all_windows_eligible: bool = False


class Scenario(Form):
    title: str
    person: str
    area: Literal["minato", "nakano", "komae", "tokyo"] | None = None
    now: datetime
    easy: bool = False
    turns: tuple[Turn, ...] = Field(min_length=1)
    never_asks: Questions = ()
    ends_with: End = End()
    path: Path = Field(exclude=True)

    @model_validator(mode="after")
    def _erases_last(self) -> Scenario:
        if any(turn.erases for turn in self.turns[:-1]):
            raise ValueError("nothing can follow a turn that erases")
        return self

    @property
    def name(self) -> str:
        return self.path.relative_to(FOLDER).with_suffix("").as_posix()

    @property
    def moment(self) -> datetime:
        return self.now if self.now.tzinfo else self.now.replace(tzinfo=JAPAN)

    @property
    def fitting(self) -> frozenset[str]:
        """The windows that help this person. None named: somebody who only greets or asks about other business."""
        return frozenset(self.ends_with.windows) or frozenset(name for turn in self.turns for name in turn.windows)


def read_scenario(path: Path) -> Scenario:
    """Raises :class:`ScenarioError` with the file's name and every mistake."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        return Scenario.model_validate({**content, "path": path})
    except ValidationError as error:
        mistakes = [f"{'.'.join(map(str, m['loc'])) or 'file'}: {m['msg']}" for m in error.errors()]
        raise ScenarioError(f"{path.name}: {'; '.join(mistakes)}") from error
    except (yaml.YAMLError, TypeError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{path.name}: {' '.join(str(error).split())}") from error


def scenario_files(folder: Path = FOLDER) -> list[Path]:
    return sorted(folder.rglob("*.yml"))

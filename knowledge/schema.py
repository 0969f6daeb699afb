"""The reviewed form of everything that is true: how the YAML files under ``knowledge/`` must look.

Every error names the file, the place and what is expected. Knows nothing of the database.
"""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from knowledge import hours as opening

AREAS = ("minato", "nakano", "komae", "tokyo", "japan")
MUNICIPALITIES = ("minato", "nakano", "komae")

Audience = Literal["self", "family", "supporter", "employer"]
Custody = Literal[
    "in_custody", "released", "parole", "probation", "suspended_sentence", "not_prosecuted", "fined", "juvenile"
]
Confidence = Literal["high", "medium", "low"]
DangerKind = Literal["suicide", "dv", "child_abuse", "violence_others", "medical", "crime_now", "victim"]
Theme = Literal[
    "first_contact", "general_information", "lawyer", "criminal_defence", "victim_support", "dv", "women", "foreigners",
    "lgbtq", "police", "consumer", "food", "volunteer", "prevention", "awareness", "peer_group", "hospital",
]  # fmt: skip


class KnowledgeError(Exception):
    """Something under ``knowledge/`` is not as it must be. ``reasons``: each says where and why; the message is the first of them."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        more = f" (and {len(reasons) - 1} more: `shirube kb check` names them all)" if len(reasons) > 1 else ""
        super().__init__(reasons[0] + more)


class Form(BaseModel):
    """A part of a YAML file: unknown fields are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _clock_time(value: Any) -> Any:
    """Only quoted "HH:MM": YAML 1.1 reads an unquoted 08:30 as the number 510."""
    if not isinstance(value, str | time):
        raise ValueError('a time is written in quotes, such as "08:30"')
    return "00:00" if value == "24:00" else value


ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Weekday = Annotated[str, Field(pattern=r"^[1-5]?(mo|tu|we|th|fr|sa|su)$")]


class RuleForm(Form):
    """One opening span, see ``hours.Rule``."""

    days: tuple[Weekday, ...] = ()
    opens: ClockTime = time(0)
    closes: ClockTime = time(0)
    always: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _complete(self) -> RuleForm:
        if self.always == bool(self.days):
            raise ValueError("an opening span needs either days or always: true")
        if self.days and self.opens == self.closes != time(0):
            raise ValueError("opens and closes are the same time")
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError("valid_from is after valid_to")
        return self

    def rule(self) -> opening.Rule:
        return opening.Rule(**self.model_dump())


class HoursForm(Form):
    """Opening hours: the words as published; rules only when they are confirmed."""

    text: str
    confirmed: bool = False
    rules: tuple[RuleForm, ...] = ()
    closed: frozenset[opening.Closing] = frozenset()

    @model_validator(mode="after")
    def _consistent(self) -> HoursForm:
        if self.confirmed and not self.rules:
            raise ValueError("confirmed hours need at least one rule")
        if self.rules and not self.confirmed:
            raise ValueError("hours that are not confirmed have no rules: they would be a guess")
        for one, other in _pairs(self.rules):
            if _overlap(one, other):
                raise ValueError(f"two spans overlap on {', '.join(sorted(set(one.days) & set(other.days)))}")
        return self

    def hours(self) -> opening.Hours:
        return opening.Hours(self.text, self.confirmed, tuple(rule.rule() for rule in self.rules), self.closed)


def _pairs(rules: tuple[RuleForm, ...]) -> list[tuple[RuleForm, RuleForm]]:
    return [(one, other) for i, one in enumerate(rules) for other in rules[i + 1 :]]


def _overlap(one: RuleForm, other: RuleForm) -> bool:
    """Whether two spans claim the same minute of the same day: one of them must be wrong."""
    if one.valid_to and other.valid_from and one.valid_to < other.valid_from:
        return False
    if other.valid_to and one.valid_from and other.valid_to < one.valid_from:
        return False
    if one.always or other.always:
        return True
    ends = [rule.closes if rule.closes > rule.opens else time.max for rule in (one, other)]
    return bool(set(one.days) & set(other.days)) and one.opens < ends[1] and other.opens < ends[0]


PHONE = re.compile(r"^(#?\d{3,5}|0\d{1,4}-\d{1,4}-\d{3,5}|0\d{2,4}-\d{5,7}|0120-\d-\d{5}|0120-\d{4}-\d{2})$")


class PhoneForm(Form):
    """``primary: false`` marks a switchboard that is only the way in when no direct number is confirmed."""

    number: str
    label: str = ""
    free: bool | None = None
    primary: bool = True
    extension: str | None = None
    hours: HoursForm | None = None

    @model_validator(mode="after")
    def _is_a_number(self) -> PhoneForm:
        if not PHONE.match(self.number):
            raise ValueError(f"{self.number!r} is not a Japanese phone number")
        return self


class WayForm(Form):
    kind: Literal["mail", "line", "chat", "visit", "fax", "web"]
    value: str


class SourceForm(Form):
    """Where a fact comes from; ``date`` is the one printed there, or the word undated."""

    url: str
    title: str
    date: Annotated[str, Field(pattern=r"\S")]


class PlanForm(Form):
    """A measure of a municipality's plan that this service carries out."""

    refs: tuple[Annotated[str, Field(pattern=r"^[\d-]+$")], ...] = ()
    division: str | None = None
    state: str | None = None


class ServiceForm(Form):
    """One window, agency, hotline or scheme. See docs/knowledge.md for each field."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    name: str
    kana: str | None = None
    organization: str
    kind: Literal["window", "hotline", "agency", "facility", "scheme"]
    role: Literal["near", "specialist", "emergency"]
    status: Literal["active", "planned", "ended", "unknown"] = "active"
    shown_to: Literal["everyone", "staff"] = "everyone"
    district: Literal["shiba", "azabu", "akasaka", "takanawa", "shibaura_konan"] | None = None
    what: str
    what_easy: str
    say: str | None = None
    bring: tuple[str, ...] = ()
    fee: str | None = None
    booking: Literal["required", "not_needed"] | None = None
    same_day: bool = False
    description: str | None = None
    for_whom: str | None = None
    alert: str | None = None
    staff_note: str | None = None
    fit: dict[str, Annotated[int, Field(ge=1, le=3)]] = {}
    needs: tuple[str, ...] = ()
    dangers: tuple[DangerKind, ...] = ()
    themes: tuple[Theme, ...] = ()
    audience: Annotated[tuple[Audience, ...], Field(min_length=1)]
    min_age: Annotated[int, Field(ge=0, le=120)] | None = None
    max_age: Annotated[int, Field(ge=0, le=120)] | None = None
    women_only: bool = False
    residence: Literal["area", "tokyo", "any"]
    serves: tuple[
        Literal["minato", "nakano", "komae", "tokyo"], ...
    ] = ()  # a wider window that is only for these municipalities
    custody: tuple[Custody, ...] = ()
    languages: tuple[str, ...] = ()
    phones: tuple[PhoneForm, ...] = ()
    other_ways: tuple[WayForm, ...] = ()
    address: str | None = None
    url: str | None = None
    hours: HoursForm | None = None
    plan: PlanForm | None = None
    confidence: Confidence
    verified_on: date | None = None
    sources: Annotated[tuple[SourceForm, ...], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _said_once(cls, data: Any) -> Any:
        """A description that only repeats ``what`` is none: so a form read back from the database is the same form."""
        if isinstance(data, dict) and data.get("description") is not None and data["description"] == data.get("what"):
            return {name: value for name, value in data.items() if name != "description"}
        return data

    @model_validator(mode="after")
    def _consistent(self) -> ServiceForm:
        if self.min_age is not None and self.max_age is not None and self.min_age > self.max_age:
            raise ValueError(f"min_age {self.min_age} is above max_age {self.max_age}")
        if self.confidence == "low" and self.shown_to != "staff":
            raise ValueError("an entry of low confidence is shown to staff only")
        if self.shown_to == "everyone" and not self.say:
            raise ValueError("say is missing: what a person should say first")
        return self


class AreaFile(Form):
    services: tuple[ServiceForm, ...]


class NeedForm(Form):
    """``custody``, ``ages``: what goes without saying when this need is chosen and nothing else was said."""

    key: str
    label: str
    easy: str
    custody: tuple[Custody, ...] = ()
    ages: tuple[int, int] | None = None


class SituationForm(Form):
    code: Annotated[int, Field(ge=1, le=9)]
    key: str
    title: str
    button: str
    easy: str
    needs: tuple[NeedForm, ...]


class SituationsFile(Form):
    situations: Annotated[tuple[SituationForm, ...], Field(min_length=9, max_length=9)]


Content = TypeVar("Content", bound=Form)


def read_form(path: Path, form: type[Content]) -> Content:
    """Read one YAML file into its form; raises :class:`KnowledgeError` with file, line or field, and reason, for each error."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read ({error.strerror})") from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that is none, or bytes that are not UTF-8
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise KnowledgeError(f"{place}: not valid YAML: {getattr(error, 'problem', error)}") from error
    try:
        return form.model_validate(data)
    except ValidationError as error:
        reasons = (f"{_place(path, data, one['loc'])}: {reason(one['msg'])}" for one in error.errors())
        raise KnowledgeError(*reasons) from error


def reason(message: str) -> str:
    """What pydantic says, without its own prefix."""
    return message.removeprefix("Value error, ")


def _place(path: Path, data: Any, loc: tuple[int | str, ...]) -> str:
    """``file:line (service id) field.subfield``: the line is where the entry that holds the field begins."""
    names = [str(part) for part in loc]
    if len(loc) < 2 or not isinstance(loc[1], int):
        return f"{path} {'.'.join(names)}"
    item = data[loc[0]][loc[1]]
    ident = (item.get("id") or item.get("key") or item.get("code")) if isinstance(item, dict) else loc[1]
    return f"{path}:{_line_of(path, loc[:2])} ({ident}) {'.'.join(names[2:])}"


def _line_of(path: Path, loc: tuple[int | str, ...]) -> int:
    node: Any = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for part in loc:
        children = (
            node.value if isinstance(node, yaml.SequenceNode) else {key.value: value for key, value in node.value}
        )
        node = children[part]
    return int(node.start_mark.line) + 1

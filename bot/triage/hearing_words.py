"""The reviewed words of ``knowledge/hearing.yml``, and a message made ready for them. ``hearing`` says what follows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import Field, field_validator

from knowledge.schema import Custody, Form, read_form
from knowledge.taxonomy import KNOWLEDGE, taxonomy

MOST_CHARACTERS = 1500  # of a longer letter both ends are read; the patterns' time grows with the length
MACRO = re.compile(r"\{([a-z_0-9]*[a-z_][a-z_0-9]*)\}")
KANJI = re.compile(r"[一-龠々]")
UNHEARD = re.compile("[\ud800-\udfff]")
LINE_ENDS = re.compile(r"[\r\n]+|\\n")
SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
SPACE_AT_NUMBER = re.compile(r"(?<=\w)[ \u3000]+(?=\d)|(?<=\d)[ \u3000]+(?=\w)")
SENTENCE_ENDS = re.compile(r"[!?…♪]+|[.](?!\d)|w{2,}")
TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
Deadline = Literal["tonight", "today", "tomorrow", "this_week", "this_month", "next_month", "later"]


class Words(Form):
    """Patterns that say one thing. ``denies``: whether a denial right after them turns it round."""

    says: tuple[str, ...]
    unless: tuple[str, ...] = ()
    denies: bool = True


class AboutForm(Form):
    about: str
    says: str
    woman: bool | None = None
    speaks: bool = True


class AgeRule(Form):
    """``ages`` as they stand, or the number ``n`` that was found plus ``low`` and ``high``."""

    says: str
    low: int = 0
    high: int = 0
    ages: tuple[int, int] | None = None


class AgesForm(Form):
    not_age: str
    other_after: str
    other_before: str
    self_before: str
    self_after: str
    rules: tuple[AgeRule, ...]


class MoneyForm(Form):
    says: tuple[str, ...]
    none: tuple[str, ...]
    not_in_hand: str


class PlaceForm(Form):
    area: Literal["minato", "nakano", "komae", "tokyo", "outside"]
    district: str | None = None
    plain: bool = True
    says: str

    @field_validator("says")
    @classmethod
    def _one_line(cls, says: str) -> str:
        return "".join(says.split())


class AreasForm(Form):
    not_home_after: str
    not_home_before: str
    now: str
    lives: str
    stays_after: str
    theirs: str
    alone: str
    none: Words
    unless: tuple[str, ...]
    places: tuple[PlaceForm, ...]


class HearingFile(Form):
    """See the head of ``knowledge/hearing.yml``; the names of its parts are those of the facts."""

    words: dict[str, str]
    numerals: dict[str, int]
    units: dict[str, int]
    denied: str
    speaker: dict[Literal["supporter", "supporter_telling", "self"], Words]
    lead: str
    subject: str
    own_trouble: tuple[str, ...]
    of_kin: str
    about: tuple[AboutForm, ...]
    about_supported: tuple[AboutForm, ...]
    woman: dict[bool, Words]
    custody: dict[Custody | Literal["arrested"], Words]
    tonight: dict[bool, Words]
    when: dict[Deadline, Words]
    phone: dict[bool, Words]
    papers: dict[bool, Words]
    money: MoneyForm
    ages: AgesForm
    areas: AreasForm
    problems: frozenset[str]
    needs: dict[str, Words] = Field(min_length=1)

    @field_validator("problems")
    @classmethod
    def _known_needs(cls, problems: frozenset[str]) -> frozenset[str]:
        if wrong := problems - taxonomy().need_keys:
            raise ValueError(f"problems not in situations.yml: {', '.join(sorted(wrong))}")
        return problems

    @field_validator("needs")
    @classmethod
    def _every_need(cls, needs: dict[str, Words]) -> dict[str, Words]:
        if wrong := taxonomy().need_keys ^ set(needs):
            raise ValueError(f"needs not as in situations.yml: {', '.join(sorted(wrong))}")
        return needs


@cache
def hearing() -> HearingFile:
    """The reviewed content; raises :class:`knowledge.schema.KnowledgeError` when the file is broken."""
    return read_form(KNOWLEDGE / "hearing.yml", HearingFile)


@cache
def compiled(pattern: str, kana: bool) -> re.Pattern[str]:
    """A pattern with its words filled in; for messages without kanji it is read in hiragana, as they are."""
    while MACRO.search(pattern):
        pattern = MACRO.sub(lambda name: hearing().words[name[1]], pattern)
    first = iter(("(?P<n>",))
    pattern = re.sub(r"\(\?P<n>", lambda _: next(first, "(?:"), pattern)  # a name may be given once
    return re.compile(pattern.translate(TO_HIRAGANA) if kana else pattern)


@cache
def joined(patterns: tuple[str, ...]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


@dataclass(frozen=True)
class Message:
    """One message made ready for the patterns. ``kana``: it holds no kanji and was put into hiragana."""

    text: str
    kana: bool

    def search(self, pattern: str, text: str | None = None) -> re.Match[str] | None:
        return compiled(pattern, self.kana).search(self.text if text is None else text)

    def every(self, pattern: str, text: str | None = None) -> Iterator[re.Match[str]]:
        return compiled(pattern, self.kana).finditer(self.text if text is None else text)

    def without(self, patterns: tuple[str, ...]) -> str:
        """The text with these words blanked out, so that all places stay where they were."""
        if not patterns:
            return self.text
        return compiled(joined(patterns), self.kana).sub(lambda match: "◇" * len(match[0]), self.text)

    def found(self, words: Words) -> Iterator[re.Match[str]]:
        """Where the words are said and not denied right afterwards."""
        if self.search(joined(words.says)) is None:  # nearly always; what follows costs more
            return
        bare = self.without(words.unless)
        for match in self.every(joined(words.says), bare):
            if not (words.denies and compiled(hearing().denied, self.kana).match(bare, match.end())):
                yield match

    def says(self, words: Words) -> bool:
        return next(self.found(words), None) is not None

    def which(self, choices: dict[Any, Words]) -> Any:
        """The first of the choices that is said, else None."""
        return next((value for value, words in choices.items() if self.says(words)), None)


def made_ready(text: str) -> Message:
    """NFKC, lower case, a new line is a full stop, spaces go but part at a number; long letters keep both ends."""
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS // 2] + "\n" + text[-MOST_CHARACTERS // 2 :]
    folded = unicodedata.normalize("NFKC", UNHEARD.sub("", text)).lower().strip()
    folded = SPACE_AT_NUMBER.sub("、", LINE_ENDS.sub("。", folded))
    folded = SENTENCE_ENDS.sub("。", SPACES.sub("", folded))
    kana = KANJI.search(folded) is None
    return Message(folded.translate(TO_HIRAGANA) if kana else folded, kana)

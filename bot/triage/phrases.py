"""Puts the reviewed phrases of ``knowledge/phrases.yml`` together: reasons and opening hours in words. Holds no words itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from knowledge.hours import JAPAN, Opening, State
from knowledge.schema import Form, read_form
from knowledge.taxonomy import KNOWLEDGE


class Phrase(Form):
    text: str
    easy: str

    def filled(self, **values: str) -> Phrase:
        return Phrase(text=self.text.format(**values), easy=self.easy.format(**values))


class WhyPhrases(Form):
    near: Phrase
    specialist: Phrase
    helps: Phrase
    listens: Phrase
    same_day: Phrase
    custody: Phrase
    answers_now: Phrase
    without_phone: Phrase
    family: Phrase
    supporter: Phrase


class OpeningPhrases(Form):
    open_until: Phrase
    open_always: Phrase
    closed_next: Phrase
    closed: Phrase
    unknown: Phrase
    today: Phrase
    tomorrow: Phrase
    weekdays: tuple[str, ...]
    date: str


class PhrasesFile(Form):
    why: WhyPhrases
    areas: dict[str, Phrase]
    opening: OpeningPhrases


@cache
def phrases() -> PhrasesFile:
    return read_form(KNOWLEDGE / "phrases.yml", PhrasesFile)


@dataclass(frozen=True)
class Said:
    """One sentence and its やさしい日本語 twin."""

    text: str
    easy: str


def opening_in_words(opening: Opening, now: datetime) -> Said:
    """Open until, closed and next, always, or honestly unknown."""
    words = phrases().opening
    if opening.state is State.UNKNOWN:
        return _said(words.unknown)
    if opening.state is State.OPEN:
        if opening.until is None:
            return _said(words.open_always)
        return _said(words.open_until.filled(time=_clock(opening.until)))
    if opening.next is None:
        return _said(words.closed)
    day = _day(opening.next, now)
    return _said(words.closed_next.filled(day=day, time=_clock(opening.next)))


def _said(phrase: Phrase) -> Said:
    return Said(phrase.text, phrase.easy)


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def _day(moment: datetime, now: datetime) -> str:
    words = phrases().opening
    distance = (moment.date() - now.astimezone(JAPAN).date()).days
    if distance == 0:
        return words.today.text
    if distance == 1:
        return words.tomorrow.text
    return words.date.format(month=moment.month, day=moment.day, weekday=words.weekdays[moment.weekday()][0])

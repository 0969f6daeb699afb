"""Puts the reviewed phrases of ``knowledge/phrases.yml`` together: reasons and opening hours in words. Holds no words itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from functools import cache

from knowledge.hours import JAPAN, WEEKDAYS, Closing, Hours, Opening, Rule, State
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


class HoursPhrases(Form):
    """Words for hours in やさしい日本語; ``days`` from Monday on."""

    always: str
    every_day: str
    span: str
    next_morning: str
    days: tuple[str, ...]
    closed: dict[Closing, str]


class PhrasesFile(Form):
    why: WhyPhrases
    areas: dict[str, Phrase]
    opening: OpeningPhrases
    hours: HoursPhrases
    fees: dict[str, str]


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


def hours_easy(hours: Hours | None) -> str | None:
    """Confirmed hours in やさしい日本語, one sentence for each span and closing; None where that would be a guess or would leave
    something out (unconfirmed, only some weeks of a month, only part of a year)."""
    if hours is None or not hours.confirmed or not hours.rules:
        return None
    if any(rule.valid_from or rule.valid_to or not set(rule.days) <= set(WEEKDAYS) for rule in hours.rules):
        return None
    words = phrases().hours
    spans = [_span(rule) for rule in hours.rules]
    closings = [sentence for closing, sentence in words.closed.items() if closing in hours.closed]
    return "。".join((*spans, *closings))


def _span(rule: Rule) -> str:
    words = phrases().hours
    if rule.always:
        return words.always
    closes = _time(rule.closes) if rule.closes > rule.opens else words.next_morning.format(time=_time(rule.closes))
    closes = "24:00" if rule.closes == time(0) else closes
    return words.span.format(days=_days(rule.days), opens=_time(rule.opens), closes=closes)


def _days(days: tuple[str, ...]) -> str:
    """Three days or more in a row as from–to, others one by one."""
    words = phrases().hours
    numbers = sorted(WEEKDAYS.index(day) for day in days)
    if len(numbers) == len(WEEKDAYS):
        return words.every_day
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{words.days[numbers[0]]}〜{words.days[numbers[-1]]}"
    return "・".join(words.days[number] for number in numbers)


def _time(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02d}"

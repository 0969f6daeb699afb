"""What a message says beside its situation: who speaks, of whom, age, place ... so that it is never asked again.

Only what is plainly said. The words are content (``knowledge/hearing.yml``, read by ``hearing_words``); this room says
what follows from them. Knows nothing of models: where the speaker is not plain, ``bot.nlu.hearing`` may hear one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from bot.triage.hearing_words import AboutForm, AgeRule, Message, PlaceForm, compiled, hearing, joined, made_ready

OLDEST = 115
CHILD_OF_THE_SPEAKER = 9  # an age up to this is not the writer's own
BARE_ANSWER = 8  # a message shorter than this may be the answer to the question of age
RICHEST = 5_000_000  # more than this is no money "left in hand" but some other sum
NOT_YET = ("next_month", "later")


def facts(text: str, speaker: str | None = None) -> dict[str, Any]:
    """What is plainly said: JSON values under the names of :class:`bot.triage.case.Case`. Never raises for any text.

    ``speaker``: who speaks, when that is known from elsewhere; of whom and whose age then follow from it.
    """
    message = made_ready(text)
    if not message.text:
        return {}
    speaker, about = _who(message, speaker)
    heard: dict[str, Any] = {"speaker": speaker, "about": about and about.about, **_where(message, about)}
    heard["ages"] = _ages(message, speaker)
    heard["needs"] = [need for need, words in hearing().needs.items() if message.says(words)]
    heard["custody"] = _custody(message, speaker, about, heard["needs"])
    heard["woman"] = (about and about.woman) if speaker == "family" else message.which(hearing().woman)
    for name in ("tonight", "when", "phone", "papers"):
        heard[name] = message.which(getattr(hearing(), name))
    heard["money"] = _money(message)
    if heard["tonight"] and ("in_custody" in heard["custody"] or heard["when"] in NOT_YET):
        heard["tonight"] = None  # "nowhere to go" is then said of a later day
    return {name: value for name, value in heard.items() if value is not None and value != []}


def _who(message: Message, assumed: str | None) -> tuple[str | None, AboutForm | None]:
    """Speaker, and of whom. Whoever says what he or she is comes first, then a message that begins with a kinsman."""
    content = hearing()
    supporter, telling = content.speaker["supporter"], content.speaker["supporter_telling"]
    if assumed == "supporter" or message.says(supporter):
        return "supporter", _first(message, content.about_supported, "")
    own = message.search(joined(content.own_trouble)) is not None
    telling_names = tuple(form for form in content.about if form.speaks)
    kinsman = None if own else _first(message, telling_names, content.lead, content.subject)
    if assumed == "family" or kinsman:
        return "family", kinsman or _first(message, content.about, "", content.subject)
    if assumed is None and message.says(telling):
        return "supporter", _first(message, content.about_supported, "")
    return assumed or ("self" if message.says(content.speaker["self"]) else None), None


def _first(message: Message, forms: tuple[AboutForm, ...], before: str, after: str = "") -> AboutForm | None:
    """The one of the forms that is named first in the message."""
    found = [(match.start(), form) for form in forms if (match := message.search(f"{before}(?:{form.says}){after}"))]
    return min(found, key=lambda place: place[0])[1] if found else None


def _where(message: Message, about: AboutForm | None) -> dict[str, Any]:
    """Area and district of the one to be helped. A place that is named goes before having no home, for one is helped where
    one is; the place of the kinsman spoken of goes before the speaker's own."""
    areas = hearing().areas
    bare = message.without(areas.unless)
    best: tuple[int, int, PlaceForm] | None = None
    for form in areas.places:
        for match in message.every(form.says, bare):
            weight = _weight_of_place(message, form, match, bare, about)
            if weight and (best is None or (weight, -match.start()) > best[:2]):
                best = (weight, -match.start(), form)
    if best is not None:
        form = _with_district(message, best[2], bare)
        return {"area": form.area, **({"district": form.district} if form.district else {})}
    return {"area": "none"} if message.says(areas.none) else {}


def _weight_of_place(
    message: Message, form: PlaceForm, match: re.Match[str], bare: str, about: AboutForm | None = None
) -> int:
    """0: not where the person is; 1: named; 2: said to be lived in; 3: said to be so now; 4: of the one spoken of."""
    areas = hearing().areas
    before, after = bare[: match.start()], bare[match.end() :]

    def follows(pattern: str) -> bool:
        return compiled(pattern, message.kana).match(after) is not None

    lived_in = follows(areas.lives) or follows(areas.stays_after)
    if about and lived_in and message.search(f"(?:{about.says}){areas.theirs}", before[-24:]):
        return 4
    if follows(areas.not_home_after) and not follows(areas.stays_after):
        return 0
    if message.search(areas.not_home_before, before[-24:]):
        return 0
    if message.search(areas.now, before[-10:]):
        return 3
    if lived_in:
        return 2
    alone = (not before or before[-1] == "。") and follows(areas.alone)
    return 1 if form.plain or alone else 0


def _with_district(message: Message, form: PlaceForm, bare: str) -> PlaceForm:
    """Minato named by the ward takes the district that is named elsewhere in the message."""
    if form.area != "minato" or form.district:
        return form
    for other in hearing().areas.places:
        if other.district and any(_weight_of_place(message, other, m, bare) for m in message.every(other.says, bare)):
            return other
    return form


def _custody(message: Message, speaker: str | None, about: AboutForm | None, needs: list[str]) -> list[str]:
    """States that hold of the one to be helped: not those of a kinsman for whose sake nobody writes."""
    content = hearing()
    found: list[str] = []
    for state, words in content.custody.items():
        if any(_of_the_helped(message, match, speaker, about) for match in message.found(words)):
            found.append(state)
    if "arrested" in found:
        found.remove("arrested")
        if speaker == "family" and not found:
            found.append("in_custody")
    if "in_custody" in found and "parent_arrested" in needs:  # a child is to be helped, who is free
        found.remove("in_custody")
    if "released" in found and "in_custody" in found:
        found.remove("released")
    if "parole" in found and "released" not in found and "in_custody" not in found:
        found.append("released")
    return found


def _of_the_helped(message: Message, match: re.Match[str], speaker: str | None, about: AboutForm | None) -> bool:
    """A kinsman named before it in the sentence owns the state: he must be the one for whom is asked."""
    sentence = message.text[: match.start() + 1].rpartition("。")[2][-24:]
    named = [kinsman[0] for kinsman in message.every(hearing().of_kin, sentence)]
    if speaker == "supporter" or not named:
        return True
    return speaker == "family" and (about is None or _is_named(message, about, named[-1]))


def _is_named(message: Message, about: AboutForm, words: str) -> bool:
    """Whether these words name that one, by any of the forms for such a kinsman."""
    return any(form.about == about.about and message.search(form.says, words) for form in hearing().about)


def _ages(message: Message, speaker: str | None) -> list[int] | None:
    """The age of the one to be helped: of another where somebody speaks for another, else one's own.

    Where the speaker is not plain and both ages are given, the other's matters; a small child's is not taken then.
    """
    found = sorted(_every_age(message), key=lambda age: age[0])
    if speaker not in ("family", "supporter") and len(message.text) >= BARE_ANSWER:
        found = [age for age in found if age[1][1] > CHILD_OF_THE_SPEAKER]
    owners = {owner for _, _, owner in found}
    if speaker in ("family", "supporter"):
        order: tuple[str | None, ...] = ("other", None)
    elif speaker == "self":
        order = ("self", None)
    else:
        order = ("other", "self") if {"self", "other"} <= owners else ("self", None, "other")
    return next((ages for owner in order for _, ages, whose in found if whose == owner), None)


def _every_age(message: Message) -> Iterator[tuple[int, list[int], str | None]]:
    """Place, lowest and highest age, and whose it is (self, other, not said); a number is read by one rule only."""
    ages, read = hearing().ages, set()
    for rule in ages.rules:
        for match in message.every(rule.says):
            place, end = match.span() if rule.ages else match.span("n")
            if place in read or compiled(ages.not_age, message.kana).match(message.text, end):
                continue
            read.add(place)
            span = list(rule.ages) if rule.ages else _span(rule, match["n"])
            if span is not None:
                yield place, span, _owner(message, (match.start(), place), match.end())


def _span(rule: AgeRule, words: str) -> list[int] | None:
    number = _number(words)
    if number is None or number + rule.low < 0 or number + rule.high > OLDEST:
        return None
    return [int(number) + rule.low, int(number) + rule.high]


def _owner(message: Message, starts: tuple[int, int], end: int) -> str | None:
    """Whose age it is. ``starts``: of the match and of the number, for the word of whom may stand before either."""
    ages, after = hearing().ages, message.text[end:]
    befores = [message.text[max(0, start - 12) : start] for start in starts]

    def said(before: str, behind: str) -> bool:
        follows = compiled(behind, message.kana).match(after)
        return follows is not None or any(message.search(before, text) for text in befores)

    if said(ages.self_before, ages.self_after):
        return "self"
    return "other" if said(ages.other_before, ages.other_after) else None


def _money(message: Message) -> int | None:
    money = hearing().money
    for match in chain.from_iterable(message.every(pattern) for pattern in money.says):
        start = match.start("n")
        if message.search(money.not_in_hand, message.text[max(0, start - 10) : start]):
            continue
        number = _number(match["n"])
        if number is not None and number <= RICHEST:
            return int(number)
    return 0 if message.search(joined(money.none)) else None


def _number(words: str) -> float | None:
    """Digits, kanji numerals and units, also mixed: 1万2千, 二千五百, 五八, 1,200. None when it is no number."""
    content = hearing()
    total = section = 0.0
    digits = ""
    for char in words.replace(",", ""):
        if char.isdecimal() or char == ".":
            digits += char
        elif char in content.numerals:
            digits += str(content.numerals[char])
        elif char in content.units:
            unit = content.units[char]
            value = float(digits or 1) if digits.count(".") < 2 else 0.0
            if unit == 10000:
                total, section = total + (section + (value if digits else 0) or 1) * unit, 0.0
            else:
                section += value * unit
            digits = ""
    if digits.count(".") > 1 or digits == "." or (not digits and not total and not section):
        return None
    return total + section + float(digits or 0)

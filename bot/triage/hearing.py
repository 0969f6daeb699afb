"""What a message says beside its situation: who speaks, of whom, age, place, money ... so that it is never asked again.

Only what is plainly said; the words and patterns are content, in ``knowledge/hearing.yml``, this room applies them. Knows nothing
of models: where the speaker is not plain, ``bot.nlu.hearing`` may still hear one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Literal

from pydantic import Field, field_validator

from knowledge.schema import Custody, Form, read_form
from knowledge.taxonomy import KNOWLEDGE, taxonomy

MOST_CHARACTERS = 1500  # of a longer letter both ends are read; the patterns' time grows with the length
OLDEST = 115
CHILD_OF_THE_SPEAKER = 9  # a bare age up to this is not the writer's own
RICHEST = 5_000_000  # more than this is no money "left in hand" but some other sum
MACRO = re.compile(r"\{([a-z_0-9]*[a-z_][a-z_0-9]*)\}")
KANJI = re.compile(r"[一-龠々]")
SPACES = re.compile(r"[ \t\u3000\u200b-\u200f\u2060\ufeff]+")
UNHEARD = re.compile("[\ud800-\udfff]")
TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


class Words(Form):
    """Patterns that say one thing. ``denies``: whether a denial right after them turns it round."""

    says: tuple[str, ...]
    unless: tuple[str, ...] = ()
    denies: bool = True


class AboutForm(Form):
    about: str
    says: str
    woman: bool | None = None


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
    none: Words
    unless: tuple[str, ...]
    places: tuple[PlaceForm, ...]


class HearingFile(Form):
    """See the head of ``knowledge/hearing.yml``; the names of its parts are those of the facts."""

    words: dict[str, str]
    numerals: dict[str, int]
    units: dict[str, int]
    denied: str
    speaker: dict[Literal["supporter", "self"], Words]
    subject: str
    own_trouble: tuple[str, ...]
    about: tuple[AboutForm, ...]
    about_supported: tuple[AboutForm, ...]
    woman: dict[bool, Words]
    custody: dict[Custody | Literal["arrested"], Words]
    tonight: dict[bool, Words]
    when: dict[Literal["tonight", "today", "tomorrow", "this_week", "this_month", "next_month", "later"], Words]
    phone: dict[bool, Words]
    papers: dict[bool, Words]
    money: MoneyForm
    ages: AgesForm
    areas: AreasForm
    needs: dict[str, Words] = Field(min_length=1)

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
def _compiled(pattern: str, kana: bool) -> re.Pattern[str]:
    """A pattern with its words filled in; for messages without kanji it is read in hiragana, as they are."""
    while MACRO.search(pattern):
        pattern = MACRO.sub(lambda name: hearing().words[name[1]], pattern)
    first = iter(("(?P<n>",))
    pattern = re.sub(r"\(\?P<n>", lambda _: next(first, "(?:"), pattern)  # a name may be given once
    return re.compile(pattern.translate(TO_HIRAGANA) if kana else pattern)


@cache
def _joined(patterns: tuple[str, ...]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


@dataclass(frozen=True)
class Message:
    """One message made ready for the patterns. ``kana``: it holds no kanji and was put into hiragana."""

    text: str
    kana: bool

    def search(self, pattern: str, text: str | None = None) -> re.Match[str] | None:
        return _compiled(pattern, self.kana).search(self.text if text is None else text)

    def every(self, pattern: str, text: str | None = None) -> Iterator[re.Match[str]]:
        return _compiled(pattern, self.kana).finditer(self.text if text is None else text)

    def without(self, patterns: tuple[str, ...]) -> str:
        """The text with these words blanked out, so that all places stay where they were."""
        if not patterns:
            return self.text
        return _compiled(_joined(patterns), self.kana).sub(lambda match: "◇" * len(match[0]), self.text)

    def found(self, words: Words) -> Iterator[re.Match[str]]:
        """Where the words are said and not denied right afterwards."""
        bare = self.without(words.unless)
        for match in self.every(_joined(words.says), bare):
            if not (words.denies and _compiled(hearing().denied, self.kana).match(bare, match.end())):
                yield match

    def says(self, words: Words) -> bool:
        return next(self.found(words), None) is not None

    def which(self, choices: dict[Any, Words]) -> Any:
        """The first of the choices that is said, else None."""
        return next((value for value, words in choices.items() if self.says(words)), None)


def made_ready(text: str) -> Message:
    """NFKC, lower case, a new line is a full stop, spaces go but beside a number they part; long letters keep both ends."""
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS // 2] + "\n" + text[-MOST_CHARACTERS // 2 :]
    folded = unicodedata.normalize("NFKC", UNHEARD.sub("", text)).lower()
    folded = re.sub(r"[\r\n]+|\\n", "。", folded.strip())
    folded = re.sub(r"(?<=\d)[ \u3000]+(?=\d)|(?<=[^\d\W])[ \u3000]+(?=\d)|(?<=\d)[ \u3000]+(?=[ぁ-んァ-ヶ一-龠])", "、", folded)
    folded = re.sub(r"[!?…]+|[.](?!\d)|♪|w{2,}", "。", SPACES.sub("", folded)).replace(",", "、" if "円" not in folded else ",")
    kana = KANJI.search(folded) is None
    return Message(folded.translate(TO_HIRAGANA) if kana else folded, kana)


def facts(text: str) -> dict[str, Any]:
    """What is plainly said, as plain JSON values under the names of :class:`bot.triage.case.Case`. Never raises for any text."""
    message = made_ready(text)
    if not message.text:
        return {}
    speaker, about, woman = _who(message)
    heard: dict[str, Any] = {"speaker": speaker, "about": about, **_where(message)}
    heard["ages"] = _ages(message, speaker)
    heard["needs"] = [need for need, words in hearing().needs.items() if message.says(words)]
    heard["custody"] = _custody(message, speaker, about, heard["needs"])
    heard["woman"] = woman if speaker in ("family", "supporter") else message.which(hearing().woman)
    for name in ("tonight", "when", "phone", "papers"):
        heard[name] = message.which(getattr(hearing(), name))
    heard["money"] = _money(message)
    return {name: value for name, value in heard.items() if value is not None and value != []}


def _who(message: Message) -> tuple[str | None, str | None, bool | None]:
    """Speaker, of whom, and whether that is a woman. A supporter's words go before those of kinship, one's own trouble before both."""
    content = hearing()
    if message.says(content.speaker["supporter"]):
        named = (form for form in content.about_supported if message.search(form.says))
        return "supporter", next((form.about for form in named), None), None
    if not message.search(_joined(content.own_trouble)):
        subjects = []
        for form in content.about:
            match = message.search(f"(?:{form.says}){content.subject}")
            if match:
                subjects.append((match.start(), form))
        if subjects:
            _, form = min(subjects, key=lambda subject: subject[0])
            return "family", form.about, form.woman
    return ("self" if message.says(content.speaker["self"]) else None), None, None


def _where(message: Message) -> dict[str, Any]:
    """Area and district. A place that is named goes before having no home, for one is helped where one is."""
    areas = hearing().areas
    bare = message.without(areas.unless)
    best: tuple[int, int, PlaceForm] | None = None
    for order, form in enumerate(areas.places):
        for match in message.every(form.says, bare):
            weight = _weight_of_place(message, form, match, bare)
            if weight and (best is None or (weight, -match.start()) > best[:2]):
                best = (weight, -match.start(), form)
    if best is not None:
        form = _with_district(message, best[2], bare)
        return {"area": form.area, **({"district": form.district} if form.district else {})}
    return {"area": "none"} if message.says(areas.none) else {}


def _weight_of_place(message: Message, form: PlaceForm, match: re.Match[str], bare: str) -> int:
    """0: not where the person is; 1: named; 2: said to be lived in; 3: said to be so now."""
    areas = hearing().areas
    before, after = bare[: match.start()], bare[match.end() :]
    if _compiled(areas.not_home_after, message.kana).match(after) or message.search(areas.not_home_before, before[-24:]):
        return 0
    if message.search(areas.now, before[-10:]):
        return 3
    if _compiled(areas.lives, message.kana).match(after):
        return 2
    whole = len(match[0]) + 3 >= len(bare.strip("。、です"))
    return 1 if form.plain or whole else 0


def _with_district(message: Message, form: PlaceForm, bare: str) -> PlaceForm:
    """Minato named by the ward takes the district that is named elsewhere in the message."""
    if form.area != "minato" or form.district:
        return form
    for other in hearing().areas.places:
        if other.district and any(_weight_of_place(message, other, m, bare) for m in message.every(other.says, bare)):
            return other
    return form


def _custody(message: Message, speaker: str | None, about: str | None, needs: list[str]) -> list[str]:
    """States that hold of the one to be helped: not those of a kinsman for whose sake nobody writes."""
    content = hearing()
    found = []
    for state, words in content.custody.items():
        if any(_of_the_helped(message, match, speaker) for match in message.found(words)):
            found.append(state)
    if "arrested" in found:
        found.remove("arrested")
        if speaker == "family" and not found:
            found.append("in_custody")
    if "in_custody" in found and {"after_arrest", "parent_arrested"} & set(needs):
        found.remove("in_custody")
    if "released" in found and "in_custody" in found:
        found.remove("released")
    if "parole" in found and "released" not in found and "in_custody" not in found:
        found.append("released")
    return found


def _of_the_helped(message: Message, match: re.Match[str], speaker: str | None) -> bool:
    if speaker in ("family", "supporter"):
        return True
    clause = re.split("[。]", message.text[: match.start() + 1])[-1][-24:]
    return message.search(r"{kin}(?:さん)?(?:が|は|も)", clause) is None


def _ages(message: Message, speaker: str | None) -> list[int] | None:
    """The age of the one to be helped: of another where somebody speaks for another, else one's own."""
    found = sorted(_every_age(message), key=lambda age: age[0])
    if speaker in ("family", "supporter"):
        wanted = [age for _, age, owner in found if owner == "other"] or [age for _, age, owner in found if owner is None]
    else:
        bare = [age for _, age, owner in found if owner is None and (age[1] > CHILD_OF_THE_SPEAKER or len(message.text) < 8)]
        wanted = [age for _, age, owner in found if owner == "self"] or bare
    return wanted[0] if wanted else None


def _every_age(message: Message) -> Iterator[tuple[int, list[int], str | None]]:
    """Place, lowest and highest age, and whose it is (self, other or not said); one number is read by the first rule only."""
    ages, read = hearing().ages, set()
    for rule in ages.rules:
        for match in message.every(rule.says):
            number = None if rule.ages else _number(match["n"])
            place = match.start() if rule.ages else match.start("n")
            end = match.end() if rule.ages else match.end("n")
            if place in read or _compiled(ages.not_age, message.kana).match(message.text, end):
                continue
            read.add(place)
            if rule.ages or (number is not None and 0 <= number + rule.low and number + rule.high <= OLDEST):
                span = list(rule.ages) if rule.ages else [int(number + rule.low), int(number + rule.high)]
                yield place, span, _owner(message, place, match.end())


def _owner(message: Message, start: int, end: int) -> str | None:
    ages, before, after = hearing().ages, message.text[max(0, start - 12) : start], message.text[end:]
    if message.search(ages.self_before, before) or _compiled(ages.self_after, message.kana).match(after):
        return "self"
    if _compiled(ages.other_after, message.kana).match(after) or message.search(ages.other_before, before):
        return "other"
    return None


def _money(message: Message) -> int | None:
    money = hearing().money
    for match in chain.from_iterable(message.every(pattern) for pattern in money.says):
        start = match.start("n")
        if message.search(money.not_in_hand, message.text[max(0, start - 10) : start]):
            continue
        number = _number(match["n"])
        if number is not None and number <= RICHEST:
            return int(number)
    return 0 if message.search(_joined(money.none)) else None


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

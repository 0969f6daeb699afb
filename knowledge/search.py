"""Free-word search over the directory: the same answer on SQLite (FTS5) and PostgreSQL (an indexed array).

Each service is kept as a set of terms, made when it is loaded: normalised words (Sudachi) and pairs of kana of its reading, so that
はろーわーく, ハロワ and ハローワーク meet, and a slip of one letter still leaves most pairs. A term of the name begins with n, any other
with t. What a term weighs is counted once (rare terms say more). The query's terms are added up per service in one SQL statement,
in whole numbers, so that both databases agree to the last place. Reads names, kana, what it does, needs and organisation; no clock.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session
from sudachipy import Dictionary

from knowledge import models
from knowledge.hsds.forms import Entry
from knowledge.models import stable_id
from knowledge.taxonomy import Taxonomy

NAME, TEXT = "n", "t"
NAME_COUNTS = 3  # a term found in the name says as much as three found elsewhere
ENOUGH = 0.45  # the part of the query's weight that a service must have to be an answer
MOST_TERMS = 24
MOST_LETTERS = 200
MOST_FOUND = 400  # looked at before staff-only services are taken out
MOST_ROWS = 20_000  # services that a query looks at, summed over its terms; the commonest terms are left out beyond it
ALL = ""  # the row that holds how many services there are
UNKNOWN_WEIGHT = 6000  # of a term that no service has: nonsense must not be carried by one common syllable
SMALL_KANA = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
NOT_KANA = re.compile(r"[^ぁ-ん]+")


@dataclass(frozen=True)
class Hit:
    """A service that was found. ``score``: 1.0 when everything that was asked for is in it."""

    id: str
    key: str
    name: str
    area: str
    score: float


@cache
def _tokenizer() -> Any:
    return Dictionary().create()


def hiragana(words: str) -> str:
    """Katakana as hiragana, in one width and without case."""
    plain = unicodedata.normalize("NFKC", words).lower()
    return "".join(chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter for letter in plain)


def sound(words: str) -> str:
    """The kana of some words, without long vowels and small kana: ディーブイ and でぃーぶい sound the same."""
    return NOT_KANA.sub(" ", hiragana(words).replace("ー", "").translate(SMALL_KANA)).strip()


@lru_cache(maxsize=20000)
def terms_of(words: str) -> tuple[str, ...]:
    """The search terms of a piece of text: words as Sudachi normalises them, and pairs of kana of the reading."""
    morphemes = [
        m for m in _tokenizer().tokenize(words[:5000]) if m.part_of_speech()[0] not in ("補助記号", "空白", "助詞")
    ]
    normal = (re.sub(r"[\s_]+", "", hiragana(m.normalized_form())) for m in morphemes)
    reading = "".join(_reading(m) for m in _tokenizer().tokenize(words[:5000]))
    return tuple(dict.fromkeys([*(word[:30] for word in normal if len(word) > 1), *_pairs(sound(reading))]))


def _reading(morpheme: Any) -> str:
    """A symbol's reading in the dictionary is the word for symbol: it is a gap here, and a long vowel mark is itself."""
    surface: str = morpheme.surface()
    if morpheme.part_of_speech()[0] in ("補助記号", "空白"):
        return surface if surface == "ー" else " "
    return str(morpheme.reading_form()) or surface


def _pairs(kana: str) -> Iterator[str]:
    for word in kana.split():
        yield from (word[i : i + 2] for i in range(len(word) - 1))


def fill(session: Session, entries: Iterable[Entry], taxonomy: Taxonomy) -> None:
    """Write the terms of every service and what each term weighs, in the place of those before."""
    session.execute(text("DELETE FROM service_search"))
    session.execute(text("DELETE FROM search_term"))
    found = {stable_id("service", entry.form.id): _terms_of_entry(entry, taxonomy) for entry in entries}
    counts = Counter(term for terms in found.values() for term in terms)
    if not found:
        return
    many = len(found)
    weights = [{"term": term, "weight": _weight(count, many)} for term, count in counts.items()]
    session.execute(insert(models.SearchWeight), [*weights, {"term": ALL, "weight": many}])
    postgres = session.get_bind().dialect.name == "postgresql"
    rows = [
        {"place": place, "id": ident, "terms": sorted(terms) if postgres else " ".join(sorted(terms))}
        for place, (ident, terms) in enumerate(found.items(), 1)
    ]
    column = "place" if postgres else "rowid"
    session.execute(
        text(f"INSERT INTO service_search ({column}, service_id, terms) VALUES (:place, :id, :terms)"), rows
    )


def _weight(count: int, many: int) -> int:
    return round(1000 * math.log(1 + many / count))


def _terms_of_entry(entry: Entry, taxonomy: Taxonomy) -> set[str]:
    form = entry.form
    needs = [taxonomy.need(need).label for need in form.needs]
    other = [form.organization, form.what, form.description or "", form.for_whom or "", *needs]
    named = {term for words in (form.name, form.kana or "") for term in terms_of(words)}
    told = {term for words in other for term in terms_of(words)}
    return {NAME + term for term in named} | {TEXT + term for term in named | told}


def search(session: Session, words: str, most: int = 20, staff: bool = False) -> list[Hit]:
    """The services that best match free words, best first; those for staff only when ``staff``."""
    terms = asked_terms(words)
    known = _known_weights(session, terms)
    asked = [term for term in terms if TEXT + term in known or not _only_kana_word(term)][:MOST_TERMS]
    used = _worth_asking(asked, known)
    if not used:
        return []
    weights = {term: known.get(TEXT + term, UNKNOWN_WEIGHT) * _precision(term) for term in asked}
    whole = sum(weights.values())
    left_out = sum(weights[term] for term in asked if TEXT + term in known and TEXT + term not in used)
    least = round(ENOUGH * (whole - left_out))
    rows = session.execute(text(_statement(session, len(used))), {"least": least, **_parameters(session, used, known)})
    found = {ident: score / (whole * (1 + NAME_COUNTS)) for ident, score in rows}
    return _public_hits(session, found, staff)[:most]


def asked_terms(words: str) -> tuple[str, ...]:
    """The terms of a query. One that is all kana is only heard, not cut into words: where its words end is a guess."""
    if NOT_KANA.search(re.sub(r"[\sー]", "", hiragana(words[:MOST_LETTERS]))):
        return terms_of(words[:MOST_LETTERS])
    return tuple(dict.fromkeys(_pairs(sound(words[:MOST_LETTERS]))))


def _only_kana_word(term: str) -> bool:
    """A word in kana that nobody has is a slip or a short form; its pairs of kana are asked for all the same."""
    return len(term) > 2 and not re.search(r"[^ぁ-んー]", term)


def _known_weights(session: Session, asked: tuple[str, ...]) -> dict[str, int]:
    names = [ALL, *(prefix + term for term in asked for prefix in (NAME, TEXT))]
    rows = session.execute(
        select(models.SearchWeight.term, models.SearchWeight.weight).where(models.SearchWeight.term.in_(names))
    )
    return {row.term: row.weight for row in rows}


def _worth_asking(asked: list[str], known: dict[str, int]) -> list[str]:
    """The asked terms that some service has, the rarest first, as far as the database should read: the rarest is always asked."""
    there = [prefix + term for term in asked for prefix in (NAME, TEXT) if prefix + term in known]
    used: list[str] = []
    rows = 0.0
    for term in sorted(there, key=lambda term: (-known[term], term)):
        rows += known[ALL] / (math.exp(known[term] / 1000) - 1)
        if used and rows > MOST_ROWS:
            break
        used.append(term)
    return used


def _precision(term: str) -> int:
    """A whole word says more than a pair of kana out of one."""
    return 1 if len(term) == 2 and not NOT_KANA.search(term) else 2


def _statement(session: Session, count: int) -> str:
    """One SELECT a term, added up by place in the list; the databases differ only in how a term is looked for and what a place is called.

    SQLite would read the whole row to know the service, therefore it is looked up last, for the few that are left.
    """
    postgres = session.get_bind().dialect.name == "postgresql"
    place, has_term = ("place", "terms @> ARRAY[:q{i}]") if postgres else ("rowid", "service_search MATCH :q{i}")
    one = f"SELECT {place} AS place, :w{{i}} AS weight, :c{{i}} AS covered FROM service_search WHERE {has_term}"
    parts = " UNION ALL ".join(one.format(i=i) for i in range(count))
    best = (
        f"SELECT place, SUM(weight) AS score FROM ({parts}) AS found GROUP BY place "
        f"HAVING SUM(covered) >= :least ORDER BY score DESC, place LIMIT {MOST_FOUND}"
    )
    return f"SELECT service_id, score FROM ({best}) AS best JOIN service_search s ON s.{place} = best.place"


def _parameters(session: Session, used: list[str], known: dict[str, int]) -> dict[str, Any]:
    """For each term: itself, what it weighs, and how much of the query it covers (a term of the name is also one of the text)."""
    postgres = session.get_bind().dialect.name == "postgresql"
    parameters: dict[str, Any] = {}
    for i, term in enumerate(used):
        weight = known[TEXT + term[1:]] * _precision(term[1:])
        in_name = term.startswith(NAME)
        parameters[f"q{i}"] = term if postgres else f'"{term}"'
        parameters[f"w{i}"] = weight * NAME_COUNTS if in_name else weight
        parameters[f"c{i}"] = 0 if in_name else weight
    return parameters


def _public_hits(session: Session, found: dict[str, float], staff: bool) -> list[Hit]:
    rows = session.execute(
        select(
            models.Service.id, models.Service.key, models.Service.name, models.Service.area,
            models.Service.status, models.Service.shown_to,
        ).where(models.Service.id.in_(found))
    )  # fmt: skip
    hits = [
        Hit(ident, key, name, area, round(found[ident], 4))
        for ident, key, name, area, status, shown_to in rows
        if staff or (status == "active" and shown_to == "everyone")
    ]
    return sorted(hits, key=lambda hit: (-hit.score, len(hit.name), hit.key))

"""How fast a directory of 50,000 services answers on one core: a match (who is shown for a case) and a free-word search.

The services are copies of the real ones: those of a municipality for made-up municipalities, those of Tokyo for made-up prefectures,
the national ones with a made-up name; everybody still meets their own ward, their prefecture and the country.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count

from bot.triage.case import Case
from bot.triage.referral import refer
from knowledge import search as searching
from knowledge.database import open_directory, transaction
from knowledge.directory import WIDE, Directory, Window
from knowledge.hours import JAPAN
from knowledge.hsds.forms import Entry
from knowledge.loader import read_knowledge
from knowledge.models import Organization, Service, stable_id
from knowledge.schema import MUNICIPALITIES
from knowledge.taxonomy import taxonomy

SERVICES = 50_000
NATIONAL_COPIES = 5  # the country has more national lines than we know, but not a hundred times more
NOW = datetime(2026, 11, 20, 14, 0, tzinfo=JAPAN)
MATCH_LIMIT, SEARCH_LIMIT = 20.0, 50.0  # milliseconds, p95
ASKED = (
    "はろーわーく",
    "ほうてらす",
    "せいかつほご",
    "でぃーぶい",
    "ハロワ",
    "借金",
    "東京 相談",
    "薬物依存の家族",
    "相談",
    "港区 住まい",
)


def run() -> list[tuple[str, float, float]]:
    """Name, measured milliseconds and limit of each measurement."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        directory = open_directory(url)
        match = p95(_matches(Directory(_many_windows(directory))))
        _fill_search(url)
        with transaction(url) as session:
            found = p95([lambda words=words: searching.search(session, words) for words in ASKED * 10])
    return [
        (f"match among {SERVICES:,} services, p95 ms", match, MATCH_LIMIT),
        (f"search among {SERVICES:,} services, p95 ms", found, SEARCH_LIMIT),
    ]


def p95(asked: list[Callable[[], object]]) -> float:
    """Milliseconds that 95 in 100 stay below, each asked once after a first round to warm up."""
    for ask in asked[:10]:
        ask()
    times = []
    for ask in asked:
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[int(len(times) * 0.95)]


def _many_windows(directory: Directory) -> Iterator[Window]:
    real = list(directory)
    made = 0
    for copy in count():
        for window in real:
            if copy and window.area == "japan" and copy >= NATIONAL_COPIES:
                continue
            area = window.area if copy == 0 or window.area == "japan" else f"{window.area}-{copy}"
            yield replace(window, id=f"{window.id}-{copy}", area=area)
            made += 1
            if made == SERVICES:
                return


def _matches(directory: Directory) -> list[Callable[[], object]]:
    rng = random.Random(4)
    needs = sorted(taxonomy().need_keys)
    cases = [
        Case(
            situations=tuple(rng.sample(taxonomy().keys, rng.choice((1, 1, 2)))),
            needs=tuple(rng.sample(needs, rng.choice((0, 1, 2)))),
            area=rng.choice((*MUNICIPALITIES, "tokyo")),
            ages=rng.choice((None, (15, 15), (30, 39), (70, 70))),
            phone=rng.choice((None, False)),
        )
        for _ in range(200)
    ]
    # each at a minute of its own: no answer about opening hours is remembered from the one before
    return [
        lambda case=case, i=i: refer(case, directory, NOW.replace(minute=i % 60, second=i // 60))
        for i, case in enumerate(cases)
    ]


def _fill_search(url: str) -> None:
    """The real search tables with 50,000 entries; only the columns of a service that search reads are there."""
    knowledge = read_knowledge()
    entries = [_copy(knowledge.entries[i % len(knowledge.entries)], i) for i in range(SERVICES)]
    with transaction(url) as session:
        organization = session.query(Organization).first()
        assert organization is not None
        known = {ident for (ident,) in session.query(Service.id)}
        rows = [
            {
                "id": stable_id("service", e.form.id), "key": e.form.id, "organization_id": organization.id,
                "name": e.form.name, "description": e.form.what, "status": "active", "area": e.area, "file": e.file,
                "what": e.form.what, "what_easy": "", "confidence": "high", "shown_to": "everyone", "facets": {},
            }
            for e in entries if stable_id("service", e.form.id) not in known
        ]  # fmt: skip
        session.execute(Service.__table__.insert(), rows)
        searching.fill(session, entries, knowledge.taxonomy)


def _copy(entry: Entry, number: int) -> Entry:
    if number < 1000 and entry.area in (*MUNICIPALITIES, *WIDE) and "-plan-" in entry.form.id:
        return Entry(entry.area, entry.file, entry.form.model_copy(update={"id": f"{entry.form.id}-{number}"}))
    return Entry(
        entry.area,
        entry.file,
        entry.form.model_copy(update={"id": f"{entry.form.id}-{number}", "name": f"{entry.form.name} {number}"}),
    )


if __name__ == "__main__":
    for name, value, limit in run():
        print(f"{name}\t{value:.1f}\t{limit}")

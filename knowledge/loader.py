"""Reads the reviewed YAML into the database: checked as a whole, loaded all or nothing,
and the same twice changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from knowledge import history, models, rows, search
from knowledge.hsds.forms import Entry
from knowledge.schema import AREAS, AreaFile, KnowledgeError, SituationsFile, read_form
from knowledge.taxonomy import KNOWLEDGE, Taxonomy

AREAS_FOLDER = KNOWLEDGE / "areas"
TABLES_IN_ORDER_OF_EMPTYING = (
    models.Attribute, models.Schedule, models.Phone, models.ServiceUrl, models.RequiredDocument, models.CostOption,
    models.ServiceArea, models.ServiceAtLocation, models.Location, models.Source, models.Service, models.Organization,
    models.TaxonomyTerm, models.Loaded,
)  # fmt: skip
IMPORTED = "imported:"


class Knowledge:
    """Everything reviewed, checked together. ``fingerprint`` changes with any file and with how it is loaded."""

    def __init__(self, taxonomy: Taxonomy, entries: list[Entry], fingerprint: str) -> None:
        self.taxonomy = taxonomy
        self.entries = entries
        self.fingerprint = fingerprint
        refused = list(_broken_references(self))
        if refused:
            raise KnowledgeError(*refused)


def read_knowledge(folder: Path = KNOWLEDGE) -> Knowledge:
    """Read all reviewed files; raises :class:`KnowledgeError` with every error of every file."""
    taxonomy = Taxonomy(read_form(folder / "situations.yml", SituationsFile).situations)
    entries: list[Entry] = []
    refused: list[str] = []
    for area in AREAS:
        for path in sorted((folder / "areas" / area).glob("*.yml")):
            try:
                entries += (Entry(area, f"{area}/{path.name}", form) for form in read_form(path, AreaFile).services)
            except KnowledgeError as error:
                refused += error.reasons
    try:
        knowledge = Knowledge(taxonomy, entries, _fingerprint(folder))
    except KnowledgeError as error:
        raise KnowledgeError(*refused, *error.reasons) from error
    if refused:
        raise KnowledgeError(*refused)
    return knowledge


def _broken_references(knowledge: Knowledge) -> Iterator[str]:
    seen: dict[str, str] = {}
    known_needs, known = knowledge.taxonomy.need_keys, set(knowledge.taxonomy.keys)
    for entry in knowledge.entries:
        form, place = entry.form, f"{entry.file} ({entry.form.id})"
        if form.id in seen:
            yield f"{place}: the id is already used in {seen[form.id]}"
        seen[form.id] = entry.file
        for name, unknown in (("situation", set(form.fit) - known), ("need", set(form.needs) - known_needs)):
            if unknown:
                yield f"{place}: unknown {name} {', '.join(sorted(unknown))}"


def _fingerprint(folder: Path) -> str:
    """Of the content and of the code that turns it into rows: when either changes, the next start loads again."""
    digest = hashlib.sha256()
    code = [
        Path(__file__),
        KNOWLEDGE / "rows.py",
        KNOWLEDGE / "models.py",
        KNOWLEDGE / "search.py",
        KNOWLEDGE / "hsds" / "profile.py",
    ]
    for path in sorted([folder / "situations.yml", *folder.glob("areas/*/*.yml"), *code]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def load(session: Session, knowledge: Knowledge, force: bool = False, who: str = "kb load") -> bool:
    """Bring the directory to what the files say, in one transaction of the caller's; False when it already was."""
    if not force and loaded_fingerprint(session) == knowledge.fingerprint:
        return False
    before = history.entries_in(session, knowledge.taxonomy)
    dates = history.dates_in(session)
    for table in TABLES_IN_ORDER_OF_EMPTYING:
        session.execute(delete(table))
    session.add_all(rows.terms(knowledge.taxonomy))
    session.flush()
    session.add_all(rows.organizations(knowledge.entries))
    session.flush()
    now = datetime.now(UTC).replace(tzinfo=None)
    changed = history.record(session, before, knowledge.entries, now, who)
    locations: dict[str, models.Location] = {}
    for entry in knowledge.entries:
        service = rows.service(entry, locations)
        service.last_modified = now if entry.form.id in changed else dates.get(entry.form.id, now)
        session.add(service)
    session.add(models.Loaded(fingerprint=knowledge.fingerprint, loaded_at=now))
    session.flush()
    search.fill(session, knowledge.entries, knowledge.taxonomy)
    return True


def loaded_fingerprint(session: Session) -> str | None:
    return session.scalars(select(models.Loaded.fingerprint)).first()


def holds(session: Session, knowledge: Knowledge) -> bool:
    """Whether the directory is what the files say, or an import that was made while they said it: nothing to do at the start."""
    found = loaded_fingerprint(session)
    return found in (knowledge.fingerprint, imported_over(knowledge))


def imported_over(knowledge: Knowledge) -> str:
    """The fingerprint of an import: it stays in force until the reviewed files change."""
    return (IMPORTED + knowledge.fingerprint)[:64]

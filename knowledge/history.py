"""What is in the database now, how it differs from other entries, and the record of every change (HSDS ``metadata``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from knowledge import models
from knowledge.hsds.forms import Entry, read_entries
from knowledge.hsds.tables import tables_of
from knowledge.models import stable_id
from knowledge.schema import KnowledgeError
from knowledge.taxonomy import Taxonomy

WHOLE = "*"  # the field of a change that brings or takes a whole service
EVERYTHING = (
    joinedload(models.Service.organization),
    selectinload(models.Service.phones).selectinload(models.Phone.schedules),
    selectinload(models.Service.schedules),
    selectinload(models.Service.other_ways),
    selectinload(models.Service.required_documents),
    selectinload(models.Service.cost_options),
    selectinload(models.Service.service_areas),
    selectinload(models.Service.service_at_locations).joinedload(models.ServiceAtLocation.location),
    selectinload(models.Service.attributes).joinedload(models.Attribute.term),
    selectinload(models.Service.sources),
)


@dataclass(frozen=True)
class Difference:
    """One field of one service that is not the same; ``field`` is ``*`` when the whole service is new or gone."""

    service: str
    field: str
    before: str
    after: str


def entries_of(session: Session, taxonomy: Taxonomy) -> list[Entry]:
    """The directory read back into reviewed forms, in the order of its files; raises :class:`KnowledgeError`."""
    services = session.scalars(select(models.Service).options(*EVERYTHING).order_by(models.Service.key)).all()
    return read_entries(tables_of(services, published=False), taxonomy)


def entries_in(session: Session, taxonomy: Taxonomy) -> dict[str, Entry] | None:
    """The same by id; None when there is nothing yet, or rows of an older form that cannot be compared."""
    try:
        return {entry.form.id: entry for entry in entries_of(session, taxonomy)} or None
    except (KnowledgeError, KeyError):
        return None


def dates_in(session: Session) -> dict[str, datetime]:
    rows = session.execute(select(models.Service.key, models.Service.last_modified))
    return {key: modified for key, modified in rows if modified is not None}


def differences(before: dict[str, Entry], after: dict[str, Entry]) -> Iterator[Difference]:
    """Field by field, in the order of the ids."""
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            yield Difference(key, WHOLE, old.form.name if old else "", new.form.name if new else "")
            continue
        was, now = _fields(old), _fields(new)
        yield from (Difference(key, name, was[name], now[name]) for name in was if was[name] != now[name])


def _fields(entry: Entry) -> dict[str, str]:
    dumped = entry.form.model_dump(mode="json")
    dumped["hours"] = _sorted_closing(dumped["hours"])
    for phone in dumped["phones"]:
        phone["hours"] = _sorted_closing(phone["hours"])
    return {"area": entry.area, "file": entry.file, **{name: str(value) for name, value in dumped.items()}}


def _sorted_closing(hours: dict[str, object] | None) -> dict[str, object] | None:
    """A set has no order of its own."""
    return hours and {**hours, "closed": sorted(hours["closed"])}  # type: ignore[call-overload]


def record(session: Session, before: dict[str, Entry] | None, after: list[Entry], now: datetime, who: str) -> set[str]:
    """Write what changes; returns the ids of new and changed services. Nothing is written for the very first load."""
    if before is None:
        return {entry.form.id for entry in after}
    found = list(differences(before, {entry.form.id: entry for entry in after}))
    for number, difference in enumerate(found):
        ident = stable_id("service", difference.service)
        action = "update" if difference.field != WHOLE else "create" if difference.after else "delete"
        session.add(
            models.Change(
                id=stable_id("metadata", ident, now.isoformat(), str(number)), resource_id=ident,
                resource_type="service", last_action_date=now, last_action_type=action, field_name=difference.field,
                previous_value=difference.before, replacement_value=difference.after, updated_by=who,
            )
        )  # fmt: skip
    return {difference.service for difference in found}

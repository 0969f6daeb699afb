"""The rows of the directory as flat HSDS 3.1 tables: the one form from which JSON and CSV are made and to which they are read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from knowledge import models
from knowledge.hsds.profile import PROFILE, TAXONOMIES, TERMS, Mark, attribute_rows, marks, truth
from knowledge.models import stable_id, term_id

Row = dict[str, Any]
Tables = dict[str, list[Row]]
COLUMNS: dict[str, tuple[str, ...]] = {
    "organization": ("id", "name", "description", "website"),
    "service": (
        "id", "organization_id", "name", "alternate_name", "description", "url", "email", "status",
        "application_process", "fees_description", "eligibility_description", "minimum_age", "maximum_age",
        "assured_date", "alert", "last_modified",
    ),
    "phone": ("id", "service_id", "number", "extension", "type", "description"),
    "schedule": (
        "id", "service_id", "freq", "byday", "opens_at", "closes_at", "valid_from", "valid_to", "description",
    ),
    "location": ("id", "location_type", "name"),
    "address": (
        "id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type",
    ),
    "service_at_location": ("id", "service_id", "location_id"),
    "service_area": ("id", "service_id", "name"),
    "required_document": ("id", "service_id", "document"),
    "cost_option": ("id", "service_id", "amount_description"),
    "language": ("id", "service_id", "code"),
    "url": ("id", "service_id", "label", "url"),
    "taxonomy": ("id", "name", "description"),
    "taxonomy_term": ("id", "code", "name", "description", "parent_id", "taxonomy", "taxonomy_id"),
    "attribute": ("id", "link_id", "link_entity", "taxonomy_term_id", "value", "label"),
    "metadata": (
        "id", "resource_id", "resource_type", "last_action_date", "last_action_type", "field_name",
        "previous_value", "replacement_value", "updated_by",
    ),
}  # fmt: skip
NUMBERS = frozenset({"minimum_age", "maximum_age", "extension"})
NEVER_PUBLISHED = frozenset({"staff_note"})
OFFSET = "+09:00"  # HSDS wants the offset from UTC after a clock time; Japan has one and no summer time


def tables_of(services: Iterable[models.Service], published: bool) -> Tables:
    """All rows that belong to these services; ``published`` leaves out what staff wrote for themselves."""
    tables: Tables = {name: [] for name in COLUMNS}
    seen: set[str] = set()
    for service in services:
        for name, row in _rows_of(service, published):
            if row["id"] not in seen:
                seen.add(row["id"])
                tables[name].append(row)
    return tables


def taxonomy_rows() -> list[Row]:
    return [{"id": taxonomy_id(name), "name": name, "description": words} for name, words in TAXONOMIES.items()]


def taxonomy_id(name: str) -> str:
    return stable_id("taxonomy", name)


def term_row(term: models.TaxonomyTerm) -> Row:
    row = _columns("taxonomy_term", term)
    row["taxonomy_id"] = taxonomy_id(term.taxonomy)
    return row


def profile_terms() -> Iterator[models.TaxonomyTerm]:
    """The terms of the profile, for the taxonomy_term table."""
    for code, (name, description) in TERMS.items():
        yield models.TaxonomyTerm(
            id=term_id(PROFILE, code), code=code, name=name, description=description, taxonomy=PROFILE
        )


def organization_row(organization: models.Organization) -> Row:
    return _columns("organization", organization)


def location_rows(location: models.Location) -> Iterator[tuple[str, Row]]:
    """A location and its address. ``address_1`` is the whole address as published; the parts are filled as far as they are known."""
    yield "location", {"id": location.id, "location_type": location.location_type, "name": location.name}
    text = location.address
    postal = text[1:9] if text.startswith("〒") else ""
    rest = text[9:].strip() if postal else text
    rest = rest.removeprefix("東京都")
    city = next((rest[: i + 1] for i, letter in enumerate(rest[:6]) if letter in "区市"), "")
    yield "address", {
        "id": stable_id(location.id, "address"), "location_id": location.id, "address_1": text, "city": city,
        "state_province": "東京都" if "東京都" in text or city else "", "postal_code": postal, "country": "JP",
        "address_type": "physical",
    }  # fmt: skip


def _rows_of(service: models.Service, published: bool) -> Iterator[tuple[str, Row]]:
    yield "organization", organization_row(service.organization)
    yield "service", _service_row(service)
    for phone in service.phones:
        yield "phone", _columns("phone", phone)
        yield from _attributes(phone.id, "phone", _phone_marks(phone))
        yield from _schedule_rows(service, phone.schedules, phone)
    yield from _schedule_rows(service, service.schedules, None)
    for at in service.service_at_locations:
        yield "service_at_location", _columns("service_at_location", at)
        yield from location_rows(at.location)
    for name, rows in (
        ("service_area", service.service_areas),
        ("required_document", service.required_documents),
        ("cost_option", service.cost_options),
        ("url", [way for way in service.other_ways if _is_url(way.url)]),
    ):
        yield from ((name, _columns(name, row)) for row in rows)
    for code in service.facets["languages"]:
        yield "language", {"id": stable_id(service.id, "language", code), "service_id": service.id, "code": code}
    yield from (("attribute", {**_columns("attribute", row), "label": None}) for row in service.attributes)
    found = [mark for mark in service_marks(service) if not (published and mark.code in NEVER_PUBLISHED)]
    yield from _attributes(service.id, "service", found)


def _columns(table: str, row: Any) -> Row:
    return {name: _plain(getattr(row, name, None)) for name in COLUMNS[table]}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _service_row(service: models.Service) -> Row:
    row = _columns("service", service)
    if row["email"] and not row["email"].isascii():
        row["email"] = None  # with an explanation behind it: the whole is in the attribute "way"
    return row


def _is_url(text: str) -> bool:
    return text.isascii() and urlsplit(text).scheme in ("http", "https")


def _schedule_rows(
    service: models.Service, schedules: list[models.Schedule], phone: models.Phone | None
) -> Iterator[tuple[str, Row]]:
    for schedule in schedules:
        row = _columns("schedule", schedule)
        row["service_id"] = service.id
        for name in ("opens_at", "closes_at"):
            row[name] = row[name] + OFFSET if row[name] else None
        yield "schedule", row
        found = [Mark("confirmed", truth(schedule.confirmed))]
        found += marks("closed_on", [name for name in schedule.closed_on.split(",") if name])
        found += [Mark("of_phone", phone.id)] if phone else []
        yield from _attributes(schedule.id, "schedule", found)


def _attributes(link_id: str, entity: str, found: list[Mark]) -> Iterator[tuple[str, Row]]:
    return (("attribute", row) for row in attribute_rows(link_id, entity, found))


def _phone_marks(phone: models.Phone) -> list[Mark]:
    free = [] if phone.free is None else [Mark("phone_free", truth(phone.free))]
    return [*free, Mark("phone_role", "direct" if phone.is_primary else "switchboard")]


def service_marks(service: models.Service) -> Iterator[Mark]:
    """Everything of ours that a service says, in the profile's words."""
    facets, plan = service.facets, service.plan or {}
    single = {
        "key": service.key, "area": service.area, "file": service.file, "kana": service.alternate_name,
        "what": service.what, "what_easy": service.what_easy, "kind": facets["kind"], "role": facets["role"],
        "district": facets["district"], "status_detail": facets["status"], "shown_to": service.shown_to,
        "residence": facets["residence"], "booking": facets["booking"], "plan_division": plan.get("division"),
        "plan_state": plan.get("state"), "confidence": service.confidence, "staff_note": service.staff_note,
        "women_only": truth(True) if facets["women_only"] else None,
        "same_day": truth(True) if facets["same_day"] else None,
    }  # fmt: skip
    yield from (Mark(code, value) for code, value in single.items() if value is not None)
    for code, values in (
        ("audience", facets["audience"]), ("serves", facets["serves"]), ("custody", facets["custody"]),
        ("theme", facets["themes"]), ("plan_measure", plan.get("refs", [])),
    ):  # fmt: skip
        yield from marks(code, values)
    yield from (Mark("way", way.url, way.label) for way in service.other_ways)
    for source in service.sources:
        yield Mark("source", source.url, source.title)
        yield Mark("source_date", source.date)

"""From flat HSDS tables back to the reviewed form of each service; every value passes the same checks as the YAML.

What cannot be read is refused with the place (file and line for CSV, number of the service for JSON) and the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from knowledge.hsds.profile import PROFILE, TERMS
from knowledge.hsds.tables import Row, Tables
from knowledge.models import term_id
from knowledge.schema import AREAS, KnowledgeError, ServiceForm, reason
from knowledge.taxonomy import DANGERS, Taxonomy

PLACE = "_place"  # where a row was read, such as "phone.csv:14"; put there by whoever read it
LINKS = {
    "service": ("organization_id", "organization"), "phone": ("service_id", "service"),
    "schedule": ("service_id", "service"), "service_at_location": ("service_id", "service"),
    "required_document": ("service_id", "service"), "language": ("service_id", "service"),
    "address": ("location_id", "location"),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One service of the directory: its reviewed form, whose it is and the file it is written in."""

    area: str
    file: str
    form: ServiceForm


def read_entries(tables: Tables, taxonomy: Taxonomy) -> list[Entry]:
    """The services of these tables; raises :class:`KnowledgeError` with every place and reason."""
    refused = [*_broken_ids(tables), *_broken_links(tables)]
    if refused:
        raise KnowledgeError(*refused)
    reader = _Reader(tables, _terms(taxonomy))
    entries: list[Entry] = []
    for row in tables["service"]:
        try:
            entries.append(reader.entry(row))
        except KnowledgeError as error:
            refused += error.reasons
    if refused:
        raise KnowledgeError(*refused)
    return entries


def place(row: Row) -> str:
    return str(row.get(PLACE) or row.get("id"))


def _broken_ids(tables: Tables) -> Iterator[str]:
    for table, rows in tables.items():
        seen: dict[str, Row] = {}
        for row in rows:
            if not row.get("id"):
                yield f"{place(row)}: {table} has no id"
            elif row["id"] in seen:
                yield f"{place(row)}: the id {row['id']} is already used in {place(seen[row['id']])}"
            seen[row.get("id") or ""] = row


def _broken_links(tables: Tables) -> Iterator[str]:
    known = {table: {row.get("id") for row in rows} for table, rows in tables.items()}
    for table, (column, target) in LINKS.items():
        for row in tables[table]:
            if row.get(column) not in known[target]:
                yield f"{place(row)}: {column} {row.get(column)!r} names no {target}"
    for row in tables["service_at_location"]:
        if row.get("location_id") not in known["location"]:
            yield f"{place(row)}: location_id {row.get('location_id')!r} names no location"
    for row in tables["attribute"]:
        entity = row.get("link_entity")
        if entity not in known or row.get("link_id") not in known[entity]:
            yield f"{place(row)}: link_id {row.get('link_id')!r} names no {entity}"


def _terms(taxonomy: Taxonomy) -> dict[str, tuple[str, str]]:
    """Term id → taxonomy and code, for every term this directory knows."""
    codes = {"situation": taxonomy.keys, "need": taxonomy.need_keys, "danger": DANGERS, PROFILE: TERMS}
    return {term_id(name, code): (name, code) for name, known in codes.items() for code in known}


class _Reader:
    """The tables, indexed by what their rows belong to."""

    def __init__(self, tables: Tables, terms: dict[str, tuple[str, str]]) -> None:
        self.terms = terms
        self.organizations = {row["id"]: row for row in tables["organization"]}
        self.addresses = {row["location_id"]: row for row in tables["address"]}
        self.of_service: dict[str, dict[str, list[Row]]] = {
            table: _grouped(tables[table], "service_id")
            for table in ("phone", "schedule", "service_at_location", "required_document", "language")
        }
        self.attributes = _grouped(tables["attribute"], "link_id")

    def entry(self, row: Row) -> Entry:
        marks = self._marks(row["id"])
        area = _one(marks, "area")
        if area not in AREAS:
            raise KnowledgeError(f"{place(row)}: area {area!r} is none of {', '.join(AREAS)}")
        data = {**self._fields(row), **self._facets(marks), **self._parts(row["id"])}
        try:
            form = ServiceForm.model_validate({name: value for name, value in data.items() if value is not None})
        except ValidationError as error:
            raise KnowledgeError(*self._refused(row, error)) from error
        return Entry(area, _one(marks, "file") or f"{area}/imported.yml", form)

    def _refused(self, row: Row, error: ValidationError) -> Iterator[str]:
        tables = {"phones": "phone", "bring": "required_document"}
        for one in error.errors():
            loc = one["loc"]
            rows = self.of_service[tables[str(loc[0])]][row["id"]] if loc and loc[0] in tables and len(loc) > 1 else []
            where = place(rows[int(loc[1])]) if rows else place(row)
            yield f"{where} {'.'.join(map(str, loc))}: {reason(one['msg'])}"

    def _marks(self, link_id: str) -> dict[str, list[Row]]:
        """The attributes of one row by term code; terms of the nine, the needs and the dangers under their taxonomy's name."""
        found: dict[str, list[Row]] = defaultdict(list)
        for attribute in self.attributes[link_id]:
            term = self.terms.get(attribute.get("taxonomy_term_id") or "")
            if term is None:
                raise KnowledgeError(
                    f"{place(attribute)}: unknown situation, need, danger or profile term "
                    f"{attribute.get('taxonomy_term_id')}"
                )
            taxonomy, code = term
            found[code if taxonomy == PROFILE else f"{taxonomy}s"].append({**attribute, "code": code})
        return found

    def _fields(self, row: Row) -> Row:
        return {
            "name": row.get("name"), "kana": row.get("alternate_name"), "description": row.get("description"),
            "organization": self.organizations[row["organization_id"]].get("name"), "url": row.get("url"),
            "say": row.get("application_process"), "fee": row.get("fees_description"), "alert": row.get("alert"),
            "for_whom": row.get("eligibility_description"), "min_age": row.get("minimum_age"),
            "max_age": row.get("maximum_age"), "verified_on": row.get("assured_date"),
        }  # fmt: skip

    def _facets(self, marks: dict[str, list[Row]]) -> Row:
        names = (
            "what",
            "what_easy",
            "kind",
            "role",
            "district",
            "shown_to",
            "residence",
            "booking",
            "confidence",
            "staff_note",
        )
        sources = zip(marks["source"], _values(marks, "source_date") + [None] * len(marks["source"]), strict=False)
        return {
            **{name: _one(marks, name) for name in names},
            "id": _one(marks, "key"),
            "status": _one(marks, "status_detail"),
            **{name: _one(marks, name) == "true" for name in ("women_only", "same_day")},
            **{name: _values(marks, name) for name in ("audience", "serves", "custody")},
            "themes": _values(marks, "theme"),
            "fit": {mark["code"]: mark.get("value") or 1 for mark in marks["situations"]},
            "needs": [mark["code"] for mark in marks["needs"]],
            "dangers": [mark["code"] for mark in marks["dangers"]],
            "other_ways": [{"kind": mark.get("label"), "value": mark["value"]} for mark in marks["way"]],
            "sources": [
                _known(url=mark["value"], title=mark.get("label"), date=written) for mark, written in sources
            ],
            "plan": _plan(marks),
        }  # fmt: skip

    def _parts(self, ident: str) -> Row:
        schedules = self.of_service["schedule"][ident]
        marked = [(schedule, self._marks(schedule["id"])) for schedule in schedules]
        at = self.of_service["service_at_location"][ident]
        return {
            "phones": [self._phone(row, marked) for row in self.of_service["phone"][ident]],
            "hours": _hours([pair for pair in marked if not pair[1]["of_phone"]]),
            "bring": [row.get("document") for row in self.of_service["required_document"][ident]],
            "languages": [row.get("code") for row in self.of_service["language"][ident]],
            "address": self.addresses[at[0]["location_id"]].get("address_1") if at else None,
        }

    def _phone(self, row: Row, schedules: list[tuple[Row, dict[str, list[Row]]]]) -> Row:
        marks = self._marks(row["id"])
        free = _one(marks, "phone_free")
        return _known(
            number=row.get("number"), label=row.get("description"), free=None if free is None else free == "true",
            primary=_one(marks, "phone_role") != "switchboard",
            extension=None if row.get("extension") is None else str(row["extension"]),
            hours=_hours([pair for pair in schedules if row["id"] in _values(pair[1], "of_phone")]),
        )  # fmt: skip


def _grouped(rows: list[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def _values(marks: dict[str, list[Row]], code: str) -> list[Any]:
    return [mark["value"] for mark in marks[code]]


def _one(marks: dict[str, list[Row]], code: str) -> Any:
    return next(iter(_values(marks, code)), None)


def _known(**values: Any) -> Row:
    return {name: value for name, value in values.items() if value is not None}


def _plan(marks: dict[str, list[Row]]) -> Row | None:
    plan = _known(division=_one(marks, "plan_division"), state=_one(marks, "plan_state"))
    refs = _values(marks, "plan_measure")
    return {"refs": refs, **plan} if refs or plan else None


def _hours(schedules: list[tuple[Row, dict[str, list[Row]]]]) -> Row | None:
    if not schedules:
        return None
    row, marks = schedules[0]
    return {
        "text": row.get("description"),
        "confirmed": _one(marks, "confirmed") == "true",
        "closed": _values(marks, "closed_on"),
        "rules": [_rule(schedule) for schedule, _ in schedules if schedule.get("freq")],
    }


def _rule(row: Row) -> Row:
    days = (row.get("byday") or "").lower().split(",")
    clock: Callable[[str], str] = lambda name: str(row.get(name) or "")[:5]  # noqa: E731  (without the offset)
    limits = _known(valid_from=row.get("valid_from"), valid_to=row.get("valid_to"))
    if len(days) == 7 and clock("opens_at") == clock("closes_at") == "00:00":
        return {"always": True, **limits}
    return {"days": days, "opens": clock("opens_at"), "closes": clock("closes_at"), **limits}

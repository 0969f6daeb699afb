"""Nested HSDS objects as the API serves them, made from the flat tables, and taken apart into them again."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from knowledge.hsds.forms import PLACE
from knowledge.hsds.tables import COLUMNS, Row, Tables
from knowledge.schema import KnowledgeError

PARTS = {
    "phones": "phone", "schedules": "schedule", "service_areas": "service_area", "languages": "language",
    "cost_options": "cost_option", "required_documents": "required_document", "additional_urls": "url",
}  # fmt: skip


class Nest:
    """The rows of some services, ready to be put into each other."""

    def __init__(self, tables: Tables, terms: dict[str, Row]) -> None:
        self._tables = tables
        self._terms = terms
        self._attributes = _grouped(tables["attribute"], "link_id")
        self._metadata = _grouped(tables["metadata"], "resource_id")
        self._of_service = {
            table: _grouped(tables[table], "service_id") for table in [*PARTS.values(), "service_at_location"]
        }
        self._organizations = {row["id"]: row for row in tables["organization"]}
        self._locations = {row["id"]: row for row in tables["location"]}
        self._addresses = _grouped(tables["address"], "location_id")

    def services(self) -> list[Row]:
        """Each service with everything that belongs to it."""
        return [self.service(row) for row in self._tables["service"]]

    def service(self, row: Row) -> Row:
        ident = row["id"]
        nested = {
            name: [self._with_attributes(r) for r in self._of_service[table][ident]] for name, table in PARTS.items()
        }
        nested["service_at_locations"] = [
            self._at_location(at) for at in self._of_service["service_at_location"][ident]
        ]
        nested["metadata"] = [clean(r) for r in self._metadata[ident]]
        body = {**self.summary(row), **{name: rows for name, rows in nested.items() if rows}}
        return {**body, "attributes": self._attributes_of(ident)}

    def summary(self, row: Row) -> Row:
        """A service as it stands in a list: one-to-one fields and its organization."""
        return {**clean(row), "organization": clean(self._organizations[row["organization_id"]])}

    def summaries(self) -> list[Row]:
        return [self.summary(row) for row in self._tables["service"]]

    def at_locations(self, ids: set[str]) -> list[Row]:
        """The places of services with these ids, each with its location and address."""
        return [self._at_location(row) for row in self._tables["service_at_location"] if row["id"] in ids]

    def _at_location(self, row: Row) -> Row:
        place = self._locations[row["location_id"]]
        addresses = [clean(address) for address in self._addresses[place["id"]]]
        return {**clean(row), "location": {**clean(place), "addresses": addresses}}

    def _with_attributes(self, row: Row) -> Row:
        found = self._attributes_of(row["id"])
        return {**clean(row), **({"attributes": found} if found else {})}

    def _attributes_of(self, ident: str) -> list[Row]:
        return [
            {**clean(row), "taxonomy_term": clean(self._terms[row["taxonomy_term_id"]])}
            for row in self._attributes[ident]
        ]


def clean(row: Row) -> Row:
    """What is not known is left out."""
    return {name: value for name, value in row.items() if value is not None}


def _grouped(rows: list[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def take_apart(document: Any, name: str) -> Tables:
    """The flat tables of an exported JSON document ``{"services": [...]}``; raises :class:`KnowledgeError` for another form."""
    if not isinstance(document, dict) or not isinstance(document.get("services"), list):
        raise KnowledgeError(f'{name}: not an export of services: an object with a list "services" is expected')
    tables: Tables = {table: [] for table in COLUMNS}
    shared: set[tuple[str, str]] = set()
    for number, service in enumerate(document["services"], 1):
        where = f"{name} service {number}"
        try:
            _take_service(service, where, tables, shared)
        except (AttributeError, KeyError, TypeError) as error:
            raise KnowledgeError(f"{where}: not a nested HSDS service ({type(error).__name__}: {error})") from error
    return tables


def _take_service(service: Row, where: str, tables: Tables, shared: set[tuple[str, str]]) -> None:
    where = f"{where} ({service.get('id')})"
    for list_name, table in PARTS.items():
        for row in service.get(list_name, ()):
            _put(tables, table, row, where)
    for at in service.get("service_at_locations", ()):
        _put(tables, "service_at_location", at, where)
        for address in at["location"].get("addresses", ()):
            _put_shared(tables, "address", address, where, shared)
        _put_shared(tables, "location", at["location"], where, shared)
    _put_shared(tables, "organization", service["organization"], where, shared)
    _put(tables, "service", service, where)


def _put_shared(tables: Tables, table: str, row: Row, where: str, shared: set[tuple[str, str]]) -> None:
    if (table, row["id"]) not in shared:
        shared.add((table, row["id"]))
        _put(tables, table, row, where)


def _put(tables: Tables, table: str, row: Row, where: str) -> None:
    tables[table].append({**{column: row.get(column) for column in COLUMNS[table]}, PLACE: f"{where} {table}"})
    for attribute in row.get("attributes", ()):
        flat = {column: attribute.get(column) for column in COLUMNS["attribute"]}
        tables["attribute"].append({**flat, PLACE: f"{where} attribute"})

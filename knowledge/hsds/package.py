"""The flat tables as a Tabular Data Package (one CSV a table and ``datapackage.json``), written and read back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from knowledge.hsds.forms import LINKS, PLACE
from knowledge.hsds.tables import COLUMNS, NUMBERS, Row, Tables
from knowledge.schema import KnowledgeError

DESCRIPTOR = "datapackage.json"
DATES = frozenset({"assured_date", "valid_from", "valid_to"})
REQUIRED = ("organization", "service", "taxonomy_term", "attribute")  # without these files there is no directory


def write_package(tables: Tables, folder: Path) -> None:
    """Write every table, also the empty ones, so that a reader finds the same files every time."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            write_csv(COLUMNS[name], rows, file)
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_csv(columns: tuple[str, ...], rows: list[Row], file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if row.get(name) is None else row[name] for name in columns] for row in rows)


def descriptor() -> dict[str, Any]:
    """The package as https://specs.frictionlessdata.io/tabular-data-package/ wants it."""
    return {
        "profile": "tabular-data-package",
        "name": "shirube-directory",
        "title": "しるべ 相談窓口データ（HSDS 3.1）",
        "resources": [_resource(name) for name in COLUMNS],
    }


def _resource(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [{"name": column, "type": _type(column)} for column in COLUMNS[name]],
        "primaryKey": "id",
        "missingValues": [""],
    }
    if name in LINKS:
        column, target = LINKS[name]
        schema["foreignKeys"] = [{"fields": column, "reference": {"resource": target, "fields": "id"}}]
    return {
        "profile": "tabular-data-resource", "name": name, "path": f"{name}.csv", "encoding": "utf-8", "schema": schema,
    }  # fmt: skip


def _type(column: str) -> str:
    return "integer" if column in NUMBERS else "date" if column in DATES else "string"


def read_package(folder: Path) -> Tables:
    """The tables of a package; raises :class:`KnowledgeError` with file, line and reason for each thing that is broken."""
    tables: Tables = {name: [] for name in COLUMNS}
    refused = [
        f"{folder / name}.csv: the file is missing" for name in REQUIRED if not (folder / f"{name}.csv").is_file()
    ]
    for name in COLUMNS:
        path = folder / f"{name}.csv"
        if path.is_file():
            try:
                tables[name] = list(_rows(path, COLUMNS[name]))
            except KnowledgeError as error:
                refused += error.reasons
    if refused:
        raise KnowledgeError(*refused)
    return tables


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            missing = [name for name in columns if name not in header]
            if missing:
                raise KnowledgeError(f"{path}:1: the column {', '.join(missing)} is missing")
            for cells in reader:
                yield _row(f"{path}:{reader.line_num}", header, cells)
    except csv.Error as error:
        raise KnowledgeError(f"{path}:{reader.line_num}: not valid CSV: {error}") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path}: not UTF-8 (byte {error.start})") from error


def _row(where: str, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        raise KnowledgeError(f"{where}: {len(cells)} cells, but the header has {len(header)}")
    return {**{name: cell or None for name, cell in zip(header, cells, strict=True)}, PLACE: where}

"""Export and import of the whole directory: reviewed YAML, HSDS JSON, or a tabular data package; lossless both ways."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge import loader, models
from knowledge.history import EVERYTHING, entries_of
from knowledge.hsds.catalogue import is_public
from knowledge.hsds.forms import read_entries
from knowledge.hsds.objects import Nest, take_apart
from knowledge.hsds.package import read_package, write_package
from knowledge.hsds.tables import Tables, tables_of, taxonomy_rows, term_row
from knowledge.schema import KnowledgeError, ServiceForm

FORMATS = ("yaml", "json", "csv")
JSON_FILE = "services.json"


def export(session: Session, knowledge: loader.Knowledge, form: str, folder: Path, everything: bool) -> int:
    """Write the directory into ``folder``; ``everything`` also what is for staff only. Returns the number of services."""
    folder.mkdir(parents=True, exist_ok=True)
    if form == "yaml":
        return _export_yaml(session, knowledge, folder)
    query = select(models.Service).options(*EVERYTHING).order_by(models.Service.key)
    tables = tables_of(session.scalars(query if everything else query.where(is_public())), published=not everything)
    terms = [term_row(term) for term in session.scalars(select(models.TaxonomyTerm).order_by(models.TaxonomyTerm.id))]
    if form == "csv":
        write_package({**tables, "taxonomy": taxonomy_rows(), "taxonomy_term": terms}, folder)
    else:
        document = {"services": Nest(tables, {term["id"]: term for term in terms}).services()}
        text = json.dumps(document, ensure_ascii=False, indent=1)
        (folder / JSON_FILE).write_text(text + "\n", encoding="utf-8")
    return len(tables["service"])


def _export_yaml(session: Session, knowledge: loader.Knowledge, folder: Path) -> int:
    """One file for each reviewed file, as ``areas/<area>/<file>``: ready to be compared with the reviewed ones."""
    files: dict[str, list[ServiceForm]] = defaultdict(list)
    entries = entries_of(session, knowledge.taxonomy)
    for entry in entries:
        files[entry.file].append(entry.form)
    for name, forms in files.items():
        path = folder / "areas" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        body = yaml.safe_dump(
            {"services": [plain(form) for form in forms]}, allow_unicode=True, sort_keys=False, width=10_000
        )
        path.write_text(body, encoding="utf-8")
    return len(entries)


def plain(form: ServiceForm) -> dict[str, Any]:
    """The form as it is written in YAML: only what was said, clock times as "08:30"."""
    data = form.model_dump(mode="json", exclude_defaults=True)
    for hours in (data.get("hours"), *(phone.get("hours") for phone in data.get("phones", ()))):
        for rule in (hours or {}).get("rules", ()):
            rule.update({name: rule[name][:5] for name in ("opens", "closes") if name in rule})
            if rule.get("days") and "closes" not in rule:
                rule["closes"] = "00:00"
    return data


def read_export(path: Path, knowledge: loader.Knowledge) -> loader.Knowledge:
    """What an exported JSON file or data package says, checked like the YAML; raises :class:`KnowledgeError`."""
    tables = read_package(path) if path.is_dir() and not (path / JSON_FILE).exists() else _read_json(path)
    if not tables["service"]:
        raise KnowledgeError(f"{path}: there is no service in it")
    entries = read_entries(tables, knowledge.taxonomy)
    return loader.Knowledge(knowledge.taxonomy, entries, loader.imported_over(knowledge))


def _read_json(path: Path) -> Tables:
    file = path / JSON_FILE if path.is_dir() else path
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise KnowledgeError(f"{file}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{file}: not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise KnowledgeError(f"{file}:{error.lineno}: not valid JSON: {error.msg}") from error
    return take_apart(document, file.name)

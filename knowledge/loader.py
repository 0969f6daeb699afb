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

from knowledge import models
from knowledge.models import stable_id
from knowledge.schema import (
    AREAS,
    AreaFile,
    HoursForm,
    KnowledgeError,
    PhoneForm,
    ServiceForm,
    SituationsFile,
    read_form,
)
from knowledge.taxonomy import KNOWLEDGE, Taxonomy

AREAS_FOLDER = KNOWLEDGE / "areas"
DANGERS = ("suicide", "dv", "child_abuse", "violence_others", "medical", "crime_now", "victim")
TABLES_IN_ORDER_OF_EMPTYING = (
    models.Attribute, models.Schedule, models.Phone, models.ServiceUrl, models.RequiredDocument, models.CostOption,
    models.ServiceArea, models.ServiceAtLocation, models.Location, models.Source, models.Service, models.Organization,
    models.TaxonomyTerm, models.Loaded,
)  # fmt: skip


class Knowledge:
    """All reviewed files, read and checked together; raises :class:`KnowledgeError` on the first error."""

    def __init__(self, folder: Path = KNOWLEDGE) -> None:
        self.taxonomy = Taxonomy(read_form(folder / "situations.yml", SituationsFile).situations)
        self.services: list[tuple[str, Path, ServiceForm]] = list(_read_areas(folder / "areas"))
        _check_references(self)
        self.fingerprint = _fingerprint(folder)


def _read_areas(folder: Path) -> Iterator[tuple[str, Path, ServiceForm]]:
    for area in AREAS:
        for path in sorted((folder / area).glob("*.yml")):
            for service in read_form(path, AreaFile).services:
                yield area, path, service


def _check_references(knowledge: Knowledge) -> None:
    seen: dict[str, Path] = {}
    for _, path, service in knowledge.services:
        if service.id in seen:
            raise KnowledgeError(f"{path} ({service.id}): the id is already used in {seen[service.id]}")
        seen[service.id] = path
        for name, used, known in (
            ("situation", set(service.fit), set(knowledge.taxonomy.keys)),
            ("need", set(service.needs), knowledge.taxonomy.need_keys),
        ):
            if used - known:
                raise KnowledgeError(f"{path} ({service.id}): unknown {name} {', '.join(sorted(used - known))}")


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(
        [folder / "situations.yml", *folder.glob("areas/*/*.yml"), folder / "models.py", Path(__file__)]
    ):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def load(session: Session, knowledge: Knowledge) -> bool:
    """Bring the directory to what the files say, in one transaction of the caller's; False when it already was."""
    if session.scalars(select(models.Loaded.fingerprint)).first() == knowledge.fingerprint:
        return False
    for table in TABLES_IN_ORDER_OF_EMPTYING:
        session.execute(delete(table))
    session.add_all(_terms(knowledge.taxonomy))
    session.flush()
    session.add_all(_organizations(knowledge))
    session.flush()
    locations: dict[str, models.Location] = {}
    for area, path, form in knowledge.services:
        session.add(_service(area, path, form, locations))
    session.add(models.Loaded(fingerprint=knowledge.fingerprint, loaded_at=datetime.now(UTC)))
    session.flush()
    return True


def term_id(taxonomy: str, code: str) -> str:
    return stable_id("taxonomy_term", taxonomy, code)


def _terms(taxonomy: Taxonomy) -> Iterator[models.TaxonomyTerm]:
    for s in taxonomy.situations:
        yield models.TaxonomyTerm(
            id=term_id("situation", s.key), code=s.key, name=s.title, description=s.button, taxonomy="situation"
        )
        for n in s.needs:
            yield models.TaxonomyTerm(
                id=term_id("need", n.key), code=n.key, name=n.label, description=n.easy, taxonomy="need",
                parent_id=term_id("situation", s.key),
            )  # fmt: skip
    for kind in DANGERS:
        yield models.TaxonomyTerm(id=term_id("danger", kind), code=kind, name=kind, description=kind, taxonomy="danger")


def _organizations(knowledge: Knowledge) -> Iterator[models.Organization]:
    names = dict.fromkeys(form.organization for _, _, form in knowledge.services)
    return (models.Organization(id=stable_id("organization", name), name=name, description=name) for name in names)


def _service(area: str, path: Path, form: ServiceForm, locations: dict[str, models.Location]) -> models.Service:
    ident = stable_id("service", form.id)
    service = models.Service(
        id=ident,
        key=form.id,
        organization_id=stable_id("organization", form.organization),
        name=form.name,
        alternate_name=form.kana,
        description=form.description or form.what,
        url=form.url,
        email=next((way.value for way in form.other_ways if way.kind == "mail" and "@" in way.value), None),
        status=_hsds_status(form),
        application_process=form.say,
        fees_description=form.fee,
        eligibility_description=form.for_whom,
        minimum_age=form.min_age,
        maximum_age=form.max_age,
        assured_date=form.verified_on,
        alert=form.alert,
        area=area,
        file=path.relative_to(path.parents[1]).as_posix(),
        what=form.what,
        what_easy=form.what_easy,
        confidence=form.confidence,
        shown_to=form.shown_to,
        staff_note=form.staff_note,
        facets=_facets(form),
        plan=form.plan.model_dump(mode="json") if form.plan else None,
        phones=[_phone(ident, i, phone) for i, phone in enumerate(form.phones)],
        schedules=_schedules(ident, form.hours, service_id=ident),
        other_ways=[
            models.ServiceUrl(id=stable_id(ident, "way", str(i)), label=way.kind, url=way.value, position=i)
            for i, way in enumerate(form.other_ways)
        ],
        required_documents=[
            models.RequiredDocument(id=stable_id(ident, "document", str(i)), document=text, position=i)
            for i, text in enumerate(form.bring)
        ],
        service_areas=[models.ServiceArea(id=stable_id(ident, "area"), name=area)],
        attributes=list(_attributes(ident, form)),
        sources=[
            models.Source(id=stable_id(ident, "source", str(i)), position=i, **source.model_dump())
            for i, source in enumerate(form.sources)
        ],
    )
    if form.fee:
        service.cost_options = [models.CostOption(id=stable_id(ident, "cost"), amount_description=form.fee)]
    if form.address:
        service.service_at_locations = [
            models.ServiceAtLocation(id=stable_id(ident, "at"), location=_location(form.address, locations))
        ]
    return service


def _hsds_status(form: ServiceForm) -> str:
    return {"active": "active", "planned": "inactive", "ended": "defunct", "unknown": "inactive"}[form.status]


def _facets(form: ServiceForm) -> dict[str, object]:
    """The small marks that only the matching reads."""
    names = {
        "kind", "role", "district", "residence", "custody", "women_only",
        "same_day", "booking", "audience", "themes", "languages",
    }  # fmt: skip
    return form.model_dump(mode="json", include=names)


def _location(address: str, locations: dict[str, models.Location]) -> models.Location:
    if address not in locations:
        ident = stable_id("location", address)
        locations[address] = models.Location(id=ident, location_type="physical", address=address)
    return locations[address]


def _phone(service: str, position: int, form: PhoneForm) -> models.Phone:
    ident = stable_id(service, "phone", str(position))
    return models.Phone(
        id=ident,
        number=form.number,
        extension=form.extension,
        type="voice",
        description=form.label or None,
        position=position,
        free=form.free,
        is_primary=form.primary,
        schedules=_schedules(ident, form.hours, phone_id=ident),
    )


def _schedules(owner: str, form: HoursForm | None, **link: str) -> list[models.Schedule]:
    """One row a rule; a row without a rule keeps the published words of hours that are not confirmed."""
    if form is None:
        return []
    closed_on = ",".join(sorted(form.closed))
    rows = []
    for i, rule in enumerate(form.rules or (None,)):
        row = models.Schedule(
            id=stable_id(owner, "schedule", str(i)), description=form.text, position=i, confirmed=form.confirmed,
            closed_on=closed_on, **link,
        )  # fmt: skip
        if rule is not None:
            row.freq = "MONTHLY" if any(day[0].isdigit() for day in rule.days) else "WEEKLY"
            row.byday = "MO,TU,WE,TH,FR,SA,SU" if rule.always else ",".join(day.upper() for day in rule.days)
            row.opens_at, row.closes_at = rule.opens.strftime("%H:%M"), rule.closes.strftime("%H:%M")
            row.valid_from, row.valid_to = rule.valid_from, rule.valid_to
        rows.append(row)
    return rows


def _attributes(service: str, form: ServiceForm) -> Iterator[models.Attribute]:
    for taxonomy, values in (
        ("situation", form.fit),
        ("need", dict.fromkeys(form.needs)),
        ("danger", dict.fromkeys(form.dangers)),
    ):
        for code, value in values.items():
            yield models.Attribute(
                id=stable_id(service, taxonomy, code), link_entity="service", taxonomy_term_id=term_id(taxonomy, code),
                value=None if value is None else str(value),
            )  # fmt: skip

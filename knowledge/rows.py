"""Turns the reviewed forms into the rows of the database. Knows nothing of files, sessions or what was there before."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge import models
from knowledge.hsds.forms import Entry
from knowledge.hsds.tables import profile_terms
from knowledge.models import stable_id, term_id
from knowledge.schema import HoursForm, PhoneForm, ServiceForm
from knowledge.taxonomy import DANGERS, Taxonomy


def terms(taxonomy: Taxonomy) -> Iterator[models.TaxonomyTerm]:
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
    yield from profile_terms()


def organizations(entries: list[Entry]) -> Iterator[models.Organization]:
    names = dict.fromkeys(entry.form.organization for entry in entries)
    return (models.Organization(id=stable_id("organization", name), name=name, description=name) for name in names)


def service(entry: Entry, locations: dict[str, models.Location]) -> models.Service:
    """A service with everything that belongs to it. ``locations``: those made so far, by address, so that each place is one row."""
    form = entry.form
    ident = stable_id("service", form.id)
    row = models.Service(
        id=ident,
        organization_id=stable_id("organization", form.organization),
        **_columns(entry),
        phones=[_phone(ident, i, phone) for i, phone in enumerate(form.phones)],
        schedules=_schedules(ident, form.hours, service_id=ident),
        service_areas=[models.ServiceArea(id=stable_id(ident, "area"), name=entry.area)],
        attributes=list(_attributes(ident, form)),
    )
    row.other_ways = [
        models.ServiceUrl(id=stable_id(ident, "way", str(i)), label=way.kind, url=way.value, position=i)
        for i, way in enumerate(form.other_ways)
    ]
    row.required_documents = [
        models.RequiredDocument(id=stable_id(ident, "document", str(i)), document=text, position=i)
        for i, text in enumerate(form.bring)
    ]
    row.sources = [
        models.Source(id=stable_id(ident, "source", str(i)), position=i, **source.model_dump())
        for i, source in enumerate(form.sources)
    ]
    if form.fee:
        row.cost_options = [models.CostOption(id=stable_id(ident, "cost"), amount_description=form.fee)]
    if form.address:
        at = models.ServiceAtLocation(id=stable_id(ident, "at"), location=_location(form.address, locations))
        row.service_at_locations = [at]
    return row


def _columns(entry: Entry) -> dict[str, object]:
    form = entry.form
    return {
        "key": form.id, "area": entry.area, "file": entry.file, "name": form.name, "alternate_name": form.kana,
        "description": form.description or form.what, "what": form.what, "what_easy": form.what_easy,
        "url": form.url, "status": _hsds_status(form), "application_process": form.say, "fees_description": form.fee,
        "email": next((way.value for way in form.other_ways if way.kind == "mail" and "@" in way.value), None),
        "eligibility_description": form.for_whom, "minimum_age": form.min_age, "maximum_age": form.max_age,
        "assured_date": form.verified_on, "alert": form.alert, "confidence": form.confidence,
        "shown_to": form.shown_to, "staff_note": form.staff_note, "facets": _facets(form),
        "plan": form.plan.model_dump(mode="json") if form.plan else None,
    }  # fmt: skip


def _hsds_status(form: ServiceForm) -> str:
    return {"active": "active", "planned": "inactive", "ended": "defunct", "unknown": "inactive"}[form.status]


def _facets(form: ServiceForm) -> dict[str, object]:
    """The small marks that only the matching reads."""
    names = {
        "kind", "role", "status", "district", "residence", "serves", "custody", "women_only",
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
    terms = [
        *(("situation", code, str(fit)) for code, fit in form.fit.items()),
        *(("need", code, None) for code in dict.fromkeys(form.needs)),
        *(("danger", code, None) for code in dict.fromkeys(form.dangers)),
    ]
    for position, (taxonomy, code, value) in enumerate(terms):
        yield models.Attribute(
            id=stable_id(service, taxonomy, code), link_entity="service", taxonomy_term_id=term_id(taxonomy, code),
            value=value, position=position,
        )  # fmt: skip

"""What the open data shows: pages of public services, organisations, places and terms as HSDS 3.1 rows and objects. Read only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from knowledge import models
from knowledge.history import EVERYTHING
from knowledge.hsds.objects import Nest, clean
from knowledge.hsds.profile import PROFILE
from knowledge.hsds.tables import (
    COLUMNS,
    NEVER_PUBLISHED,
    Row,
    organization_row,
    tables_of,
    taxonomy_id,
    taxonomy_rows,
    term_row,
)
from knowledge.search import search

MOST_SEARCHED = 400
PROFILE_ID = taxonomy_id(PROFILE)


@dataclass(frozen=True)
class Wanted:
    """Filters and page as HSDS names them; a filter that is None does not narrow."""

    page: int = 1
    per_page: int = 50
    search: str | None = None
    taxonomy_term_id: str | None = None
    taxonomy_id: str | None = None
    organization_id: str | None = None
    parent_id: str | None = None
    modified_after: datetime | None = None
    full: bool = False


@dataclass(frozen=True)
class Page:
    """One page of a list and how many items the whole list has."""

    contents: list[Row]
    total: int
    wanted: Wanted

    def as_object(self) -> dict[str, Any]:
        """The page object of HSDS 3.1; ``empty`` is required since 3.1.1."""
        pages = -(-self.total // self.wanted.per_page)
        return {
            "total_items": self.total,
            "total_pages": pages,
            "page_number": self.wanted.page,
            "size": len(self.contents),
            "first_page": self.wanted.page == 1,
            "last_page": self.wanted.page >= pages,
            "empty": not self.contents,
            "contents": self.contents,
        }


class Catalogue:
    """The public part of the directory, over one session."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def services(self, wanted: Wanted) -> Page:
        query = select(models.Service).where(*self._service_filters(wanted))
        if wanted.search is None:
            found, total = self._page(query.order_by(models.Service.key).options(*EVERYTHING), wanted)
        else:
            found, total = self._searched(query.options(*EVERYTHING), wanted)
        nest = self._nest(found)
        return Page(nest.services() if wanted.full else nest.summaries(), total, wanted)

    def service(self, ident: str) -> Row | None:
        """A service with all that belongs to it, and the record of its changes."""
        query = select(models.Service).where(is_public(), models.Service.id == ident).options(*EVERYTHING)
        found = self.session.scalars(query).all()
        return self._nest(list(found), with_changes=True).services()[0] if found else None

    def organizations(self, wanted: Wanted) -> Page:
        ids = select(models.Service.organization_id).where(*self._service_filters(wanted))
        query = select(models.Organization).where(models.Organization.id.in_(ids)).order_by(models.Organization.name)
        found, total = self._page(query, wanted)
        return Page([self._organization(row, wanted.full) for row in found], total, wanted)

    def organization(self, ident: str) -> Row | None:
        row = self.session.get(models.Organization, ident)
        return (self._organization(row, with_services=True) or None) if row and self._services_of(row) else None

    def service_at_locations(self, wanted: Wanted, ident: str | None = None) -> Page:
        query = (
            select(models.ServiceAtLocation)
            .join(models.Service, models.Service.id == models.ServiceAtLocation.service_id)
            .where(*self._service_filters(wanted))
            .order_by(models.Service.key)
        )
        if ident is not None:
            query = query.where(models.ServiceAtLocation.id == ident)
        found, total = self._page(query, wanted)
        services = {row.service_id for row in found}
        query_services = select(models.Service).where(models.Service.id.in_(services)).options(*EVERYTHING)
        nest = self._nest(list(self.session.scalars(query_services)))
        return Page(nest.at_locations({row.id for row in found}), total, wanted)

    def taxonomies(self, wanted: Wanted) -> Page:
        rows = [
            row for row in taxonomy_rows() if not wanted.search or wanted.search in row["name"] + row["description"]
        ]
        start = (wanted.page - 1) * wanted.per_page
        return Page(rows[start : start + wanted.per_page], len(rows), wanted)

    def taxonomy_terms(self, wanted: Wanted, ident: str | None = None) -> Page:
        query = select(models.TaxonomyTerm).order_by(models.TaxonomyTerm.taxonomy, models.TaxonomyTerm.code)
        if ident is not None:
            query = query.where(models.TaxonomyTerm.id == ident)
        if wanted.taxonomy_id is not None:
            names = [row["name"] for row in taxonomy_rows() if row["id"] == wanted.taxonomy_id]
            query = query.where(models.TaxonomyTerm.taxonomy.in_(names))
        if wanted.parent_id is not None:
            query = query.where(models.TaxonomyTerm.parent_id == wanted.parent_id)
        if wanted.search:
            words = f"%{wanted.search}%"
            query = query.where(models.TaxonomyTerm.name.like(words) | models.TaxonomyTerm.description.like(words))
        found, total = self._page(query, wanted)
        return Page([clean(term_row(row)) for row in found], total, wanted)

    def _page(self, query: Select[Any], wanted: Wanted) -> tuple[list[Any], int]:
        total = self.session.scalar(select(func.count()).select_from(query.order_by(None).options().subquery())) or 0
        start = (wanted.page - 1) * wanted.per_page
        return list(self.session.scalars(query.offset(start).limit(wanted.per_page))), total

    def _searched(self, query: Select[Any], wanted: Wanted) -> tuple[list[models.Service], int]:
        """Best match first; the search knows no more than its best few hundred."""
        order = {hit.id: place for place, hit in enumerate(search(self.session, wanted.search or "", MOST_SEARCHED))}
        allowed = self.session.scalars(query.with_only_columns(models.Service.id).where(models.Service.id.in_(order)))
        ids = sorted(allowed, key=order.__getitem__)
        start = (wanted.page - 1) * wanted.per_page
        shown = ids[start : start + wanted.per_page]
        found = self.session.scalars(query.where(models.Service.id.in_(shown)))
        return sorted(found, key=lambda service: order[service.id]), len(ids)

    def _service_filters(self, wanted: Wanted) -> list[ColumnElement[bool]]:
        filters = [is_public()]
        if wanted.organization_id is not None:
            filters.append(models.Service.organization_id == wanted.organization_id)
        if wanted.modified_after is not None:
            filters.append(models.Service.last_modified >= _as_utc(wanted.modified_after))
        if wanted.taxonomy_term_id is not None:
            term = models.Attribute.taxonomy_term_id == wanted.taxonomy_term_id
            filters.append(models.Service.id.in_(select(models.Attribute.link_id).where(term)))
        if wanted.taxonomy_id is not None:
            names = [row["name"] for row in taxonomy_rows() if row["id"] == wanted.taxonomy_id]
            terms = select(models.Attribute.link_id).join(models.Attribute.term)
            filters.append(models.Service.id.in_(terms.where(models.TaxonomyTerm.taxonomy.in_(names))))
        return filters

    def _nest(self, services: list[models.Service], with_changes: bool = False) -> Nest:
        tables = tables_of(services, published=True)
        if with_changes:
            ids = [service.id for service in services]
            query = select(models.Change).where(
                models.Change.resource_id.in_(ids), models.Change.field_name.not_in(NEVER_PUBLISHED)
            )
            rows = self.session.scalars(query.order_by(models.Change.last_action_date, models.Change.id))
            tables["metadata"] = [_change_row(row) for row in rows]
        return Nest(tables, self._terms())

    def _terms(self) -> dict[str, Row]:
        return {row.id: term_row(row) for row in self.session.scalars(select(models.TaxonomyTerm))}

    def _services_of(self, organization: models.Organization) -> list[models.Service]:
        query = select(models.Service).where(is_public(), models.Service.organization_id == organization.id)
        return list(self.session.scalars(query.order_by(models.Service.key)))

    def _organization(self, organization: models.Organization, with_services: bool) -> Row:
        row = clean(organization_row(organization))
        if with_services:
            services = self._services_of(organization)
            row["services"] = [{"id": s.id, "name": s.name, "status": s.status} for s in services]
        return row


def is_public() -> ColumnElement[bool]:
    """Open data holds what everyone may see: in force, and not for staff only."""
    return (models.Service.status == "active") & (models.Service.shown_to == "everyone")


def taxonomy(ident: str) -> Row | None:
    return next((row for row in taxonomy_rows() if row["id"] == ident), None)


def _as_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _change_row(change: models.Change) -> Row:
    row = {name: getattr(change, name) for name in COLUMNS["metadata"]}
    row["last_action_date"] = change.last_action_date.date().isoformat()
    return row

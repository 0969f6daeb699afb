"""HSDS 3.1 under ``/hsds/``: the public directory for other machines, read only, as JSON pages or CSV. See docs/open-data.md."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from knowledge.database import open_engine
from knowledge.hsds import catalogue
from knowledge.hsds.catalogue import Catalogue, Page, Wanted
from knowledge.hsds.package import write_csv
from knowledge.hsds.tables import COLUMNS

MOST_PER_PAGE = 500
VERSION = "3.1"
router = APIRouter(prefix="/hsds", tags=["open data (HSDS 3.1)"])
open_engine_once = lru_cache(maxsize=4)(open_engine)


def _catalogue(request: Request) -> Iterator[Catalogue]:
    engine: Engine = open_engine_once(request.app.state.settings.database_url)
    with Session(engine) as session:
        yield Catalogue(session)


TheCatalogue = Annotated[Catalogue, Depends(_catalogue)]
Format = Literal["json", "csv"]
Words = Annotated[str | None, Query(max_length=200, description="free words")]


def _wanted(
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    per_page: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = 50,
    search: Words = None,
    taxonomy_term_id: str | None = None,
    taxonomy_id: str | None = None,
    organization_id: str | None = None,
    parent_id: str | None = None,
    modified_after: datetime | None = None,
    full: bool = False,
) -> Wanted:
    return Wanted(
        page, per_page, search, taxonomy_term_id, taxonomy_id, organization_id, parent_id, modified_after, full
    )


AWanted = Annotated[Wanted, Depends(_wanted)]


@router.get("/")
def about(request: Request) -> dict[str, str]:
    """Which version and profile this is, and where it is described."""
    base = str(request.base_url).rstrip("/")
    return {"version": VERSION, "profile": f"{base}/hsds/profile", "openapi_url": f"{base}/api/openapi.json"}


@router.get("/profile")
def profile(found: TheCatalogue) -> dict[str, Any]:
    """The terms of the Japanese profile."""
    terms = found.taxonomy_terms(Wanted(per_page=MOST_PER_PAGE, taxonomy_id=catalogue.PROFILE_ID)).contents
    return {"name": catalogue.PROFILE, "terms": terms}


@router.get("/services")
def services(found: TheCatalogue, wanted: AWanted, format: Format = "json") -> Response:
    return _answer("service", found.services(wanted), format)


@router.get("/services/{ident}")
def service(found: TheCatalogue, ident: str) -> Response:
    return _one(found.service(ident))


@router.get("/organizations")
def organizations(found: TheCatalogue, wanted: AWanted, format: Format = "json") -> Response:
    return _answer("organization", found.organizations(wanted), format)


@router.get("/organizations/{ident}")
def organization(found: TheCatalogue, ident: str) -> Response:
    return _one(found.organization(ident))


@router.get("/service_at_locations")
def service_at_locations(found: TheCatalogue, wanted: AWanted, format: Format = "json") -> Response:
    return _answer("service_at_location", found.service_at_locations(wanted), format)


@router.get("/service_at_locations/{ident}")
def service_at_location(found: TheCatalogue, ident: str) -> Response:
    return _one(next(iter(found.service_at_locations(Wanted(), ident).contents), None))


@router.get("/taxonomies")
def taxonomies(found: TheCatalogue, wanted: AWanted, format: Format = "json") -> Response:
    return _answer("taxonomy", found.taxonomies(wanted), format)


@router.get("/taxonomies/{ident}")
def taxonomy(ident: str) -> Response:
    return _one(catalogue.taxonomy(ident))


@router.get("/taxonomy_terms")
def taxonomy_terms(found: TheCatalogue, wanted: AWanted, format: Format = "json") -> Response:
    return _answer("taxonomy_term", found.taxonomy_terms(wanted), format)


@router.get("/taxonomy_terms/{ident}")
def taxonomy_term(found: TheCatalogue, ident: str) -> Response:
    return _one(next(iter(found.taxonomy_terms(Wanted(), ident).contents), None))


def _one(body: dict[str, Any] | None) -> Response:
    if body is None:
        raise HTTPException(404)
    return JSONResponse(body)


def _answer(table: str, page: Page, format: Format) -> Response:
    """The page as HSDS JSON, or its rows as the CSV table of the same name (the page's numbers go into headers)."""
    body = page.as_object()
    if format == "json":
        return JSONResponse(body)
    file = io.StringIO()
    write_csv(COLUMNS[table], page.contents, file)
    headers = {"X-Total-Items": str(body["total_items"]), "X-Total-Pages": str(body["total_pages"])}
    headers["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    return Response(file.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)

"""The HSDS 3.1 API and its exports, proven against the published schemas in two phases: the lists, then each id they name."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import jsonschema
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from referencing import Registry, Resource

from bot.channels import open_data
from bot.settings import Settings
from knowledge.database import open_directory
from knowledge.hsds.profile import TERMS
from knowledge.models import stable_id, term_id

ROOT = Path(__file__).parents[2]
SCHEMAS = Path(os.environ.get("SHIRUBE_HSDS_SCHEMAS", ROOT.parent / "shared" / "hsds"))
PAGE = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents")
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


@pytest.fixture(scope="module")
def api(database_url):
    open_directory(database_url)
    app = FastAPI()
    app.state.settings = Settings(database_url=database_url)
    app.include_router(open_data.router)
    with TestClient(app) as client:
        yield client
    open_data.open_engine_once(database_url).dispose()


@pytest.fixture(scope="module")
def valid():
    """A function that names every error of an object against one HSDS schema, formats and unknown fields included."""
    if not (SCHEMAS / "service.json").is_file():
        pytest.skip(f"the HSDS schemas are not in {SCHEMAS}; set SHIRUBE_HSDS_SCHEMAS to the folder that has them")
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
    schemas["organization.json"]["properties"]["services"] = {"type": "array"}  # as in the compiled schema
    for schema in schemas.values():
        schema.pop("$schema", None)
        schema["additionalProperties"] = False  # as the specification's own check of its examples
    resources = [(name, Resource.from_contents(s, default_specification=_draft())) for name, s in schemas.items()]
    registry = Registry().with_resources(resources)
    formats = jsonschema.Draft202012Validator.FORMAT_CHECKER

    def errors(name, body):
        validator = jsonschema.Draft202012Validator({"$ref": f"{name}.json"}, registry=registry, format_checker=formats)
        return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(body)]

    return errors


def _draft():
    from referencing.jsonschema import DRAFT202012

    return DRAFT202012


def every_page(api, path, **query):
    number, pages = 1, 1
    while number <= pages:
        body = api.get(f"/hsds/{path}", params={"page": number, "per_page": 100, **query}).json()
        pages = body["total_pages"]
        yield from body["contents"]
        number += 1


@pytest.mark.parametrize("path", LISTS)
def test_a_page_says_where_it_stands(api, path):
    body = api.get(f"/hsds/{path}", params={"per_page": 2}).json()
    assert tuple(body) == PAGE
    assert body["first_page"] and not body["empty"] and body["size"] == len(body["contents"]) == 2
    last = api.get(f"/hsds/{path}", params={"per_page": 2, "page": body["total_pages"]}).json()
    assert last["last_page"] and not last["empty"]
    beyond = api.get(f"/hsds/{path}", params={"per_page": 2, "page": body["total_pages"] + 1}).json()
    assert beyond["empty"] and beyond["contents"] == [] and beyond["total_items"] == body["total_items"]


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("services", "service"),
        ("organizations", "organization"),
        ("service_at_locations", "service_at_location"),
        ("taxonomies", "taxonomy"),
        ("taxonomy_terms", "taxonomy_term"),
    ],
)
def test_every_item_of_a_list_and_behind_it_is_valid(api, valid, path, schema):
    ids = []
    for item in every_page(api, path):
        assert valid(schema, item) == [], item["id"]
        ids.append(item["id"])
    assert len(ids) == len(set(ids)) > 0
    for ident in ids[:: max(1, len(ids) // 60)]:
        assert valid(schema, api.get(f"/hsds/{path}/{ident}").json()) == []


def test_every_service_in_full_is_valid(api, valid):
    for service in every_page(api, "services", full=True):
        assert valid("service", service) == [], service["name"]


def test_only_what_everyone_may_see_is_published(api, directory):
    public = {window.uuid for window in directory if window.public}
    assert {item["id"] for item in every_page(api, "services")} == public
    hidden = [window for window in directory if not window.public]
    assert hidden and all(api.get(f"/hsds/services/{w.uuid}").status_code == 404 for w in hidden)
    text = json.dumps(list(every_page(api, "services", full=True)), ensure_ascii=False)
    assert not [w.staff_note for w in directory if w.staff_note and w.staff_note in text]


def test_a_service_carries_the_japanese_profile(api):
    body = api.get(f"/hsds/services/{stable_id('service', 'minato-shiba-hoken-fukushi')}").json()
    said = {(a["taxonomy_term"]["code"], a.get("value")) for a in body["attributes"]}
    assert ("confidence", "high") in said and ("area", "minato") in said
    closed = {a["value"] for a in body["schedules"][0]["attributes"] if a["taxonomy_term"]["code"] == "closed_on"}
    assert closed == {"holidays", "new_year"} and body["schedules"][0]["opens_at"] == "08:30+09:00"


def test_filters_narrow(api):
    everything = api.get("/hsds/services").json()["total_items"]
    housing = list(every_page(api, "services", taxonomy_term_id=term_id("situation", "housing")))
    assert 0 < len(housing) < everything
    organization = housing[0]["organization_id"]
    assert {s["organization_id"] for s in every_page(api, "services", organization_id=organization)} == {organization}
    assert api.get("/hsds/services", params={"modified_after": "2100-01-01T00:00:00Z"}).json()["empty"]
    assert api.get("/hsds/services", params={"modified_after": "2000-01-01"}).json()["total_items"] == everything
    found = api.get("/hsds/services", params={"search": "ほうてらす"}).json()
    assert "法テラス" in found["contents"][0]["name"] and found["total_items"] < everything
    needs = list(every_page(api, "taxonomy_terms", parent_id=term_id("situation", "housing")))
    assert {"find_room", "guarantor"} <= {term["code"] for term in needs}


def test_a_list_comes_as_csv_too(api):
    answer = api.get("/hsds/services", params={"format": "csv", "per_page": 500})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == int(answer.headers["x-total-items"]) and rows[0]["id"] and rows[0]["name"]


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "per_page=0", "per_page=100000", "modified_after=soon", "format=xml"]
)
def test_a_wrong_question_is_refused(api, query):
    assert api.get(f"/hsds/services?{query}").status_code == 422


@pytest.mark.parametrize("path", LISTS)
def test_what_is_not_there_is_not_found(api, path):
    assert api.get(f"/hsds/{path}/no-such-id").status_code == 404


def test_nothing_can_be_written(api):
    assert all(api.request(verb, "/hsds/services").status_code == 405 for verb in ("POST", "PUT", "DELETE", "PATCH"))


def test_the_front_page_names_version_and_profile(api):
    about = api.get("/hsds/").json()
    assert about["version"] == "3.1" and about["profile"].startswith("http")
    assert {term["code"] for term in api.get("/hsds/profile").json()["terms"]} == set(TERMS)


def test_the_profile_is_documented():
    text = (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8")
    assert [code for code in TERMS if f"`{code}`" not in text] == []

"""Loading is all or nothing, the same twice changes nothing, and what goes out comes back; on both databases."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date

import pytest
import yaml
from sqlalchemy import func, select

from knowledge import exchange, loader, models
from knowledge.database import open_directory, transaction
from knowledge.freshness import stale
from knowledge.history import differences, entries_of
from knowledge.schema import KnowledgeError, ServiceForm
from knowledge.taxonomy import KNOWLEDGE


@pytest.fixture
def loaded(database_url, knowledge):
    """The database holding exactly the reviewed files."""
    with transaction(database_url) as session:
        loader.load(session, knowledge)
    return database_url


def in_database(url, knowledge):
    with transaction(url) as session:
        return {entry.form.id: entry for entry in entries_of(session, knowledge.taxonomy)}


def reviewed(knowledge):
    return {entry.form.id: entry for entry in knowledge.entries}


def with_change(knowledge, ident, **values):
    entries = [
        loader.Entry(
            e.area,
            e.file,
            ServiceForm.model_validate({**e.form.model_dump(), **values}) if e.form.id == ident else e.form,
        )
        for e in knowledge.entries
    ]
    return loader.Knowledge(knowledge.taxonomy, entries, "changed" + ident)


def test_the_database_says_what_the_files_say(loaded, knowledge):
    assert list(differences(in_database(loaded, knowledge), reviewed(knowledge))) == []


def test_loading_the_same_again_touches_nothing(loaded, knowledge):
    with transaction(loaded) as session:
        before = session.execute(
            select(models.Service.id, models.Service.last_modified).order_by(models.Service.id)
        ).all()
        assert loader.load(session, knowledge) is False
        loader.load(session, knowledge, force=True)
        after = session.execute(
            select(models.Service.id, models.Service.last_modified).order_by(models.Service.id)
        ).all()
    assert before == after


def test_a_change_is_recorded_field_by_field_with_who_and_when(loaded, knowledge):
    changed = with_change(knowledge, "minato-job-spot", fee="無料")
    with transaction(loaded) as session:
        old = session.scalar(select(models.Service.last_modified).where(models.Service.key == "minato-job-spot"))
        loader.load(session, changed, who="佐藤")
        service = session.scalar(select(models.Service).where(models.Service.key == "minato-job-spot"))
        other = session.scalar(select(models.Service).where(models.Service.key == "japan-110-police"))
        written = session.scalars(select(models.Change).where(models.Change.resource_id == service.id)).all()
        fee = next(change for change in written if change.field_name == "fee" and change.replacement_value == "無料")
        assert fee.updated_by == "佐藤" and fee.last_action_type == "update"
        assert service.last_modified > old and other.last_modified <= old


def test_a_load_that_breaks_in_the_middle_leaves_the_old_directory(loaded, knowledge, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(loader.search, "fill", broken)
    with pytest.raises(RuntimeError), transaction(loaded) as session:
        loader.load(session, with_change(knowledge, "minato-job-spot", fee="有料"))
    monkeypatch.undo()
    assert list(differences(in_database(loaded, knowledge), reviewed(knowledge))) == []


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_is_exported_comes_back_without_loss(loaded, knowledge, tmp_path, form):
    with transaction(loaded) as session:
        assert exchange.export(session, knowledge, form, tmp_path, everything=True) == len(knowledge.entries)
    back = exchange.read_export(tmp_path, knowledge)
    with transaction(loaded) as session:
        loader.load(session, back, force=True)
    assert list(differences(in_database(loaded, knowledge), reviewed(knowledge))) == []


def test_exported_yaml_is_reviewed_yaml_again(loaded, knowledge, tmp_path):
    with transaction(loaded) as session:
        exchange.export(session, knowledge, "yaml", tmp_path, everything=True)
    shutil.copy(KNOWLEDGE / "situations.yml", tmp_path)
    again = loader.read_knowledge(tmp_path)
    assert list(differences(reviewed(again), reviewed(knowledge))) == []


def test_a_published_export_holds_nothing_for_staff(loaded, knowledge, tmp_path):
    with transaction(loaded) as session:
        exchange.export(session, knowledge, "csv", tmp_path, everything=False)
    text = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.csv"))
    for entry in knowledge.entries:
        if entry.form.shown_to == "staff" or entry.form.status != "active":
            assert loader.rows.stable_id("service", entry.form.id) not in text
        assert not entry.form.staff_note or entry.form.staff_note not in text


def test_the_data_package_describes_its_tables(loaded, knowledge, tmp_path):
    with transaction(loaded) as session:
        exchange.export(session, knowledge, "csv", tmp_path, everything=False)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "tabular-data-package"
    for resource in package["resources"]:
        with (tmp_path / resource["path"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in resource["schema"]["fields"]]


def test_an_import_stays_until_the_reviewed_files_change(loaded, knowledge, tmp_path):
    with transaction(loaded) as session:
        exchange.export(session, knowledge, "json", tmp_path, everything=True)
    document = json.loads((tmp_path / "services.json").read_text(encoding="utf-8"))
    document["services"] = [s for s in document["services"] if "110番" in s["name"]]
    (tmp_path / "services.json").write_text(json.dumps(document), encoding="utf-8")
    with transaction(loaded) as session:
        loader.load(session, exchange.read_export(tmp_path, knowledge), force=True)
    assert len(open_directory(loaded, knowledge)) == len(document["services"])
    newer = loader.Knowledge(knowledge.taxonomy, knowledge.entries, "the files changed")
    assert len(open_directory(loaded, newer)) == len(knowledge.entries)


def broken_package(tmp_path, session, knowledge, file, old, new):
    exchange.export(session, knowledge, "csv", tmp_path, everything=True)
    path = tmp_path / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "why"),
    [
        ("phone.csv", "03-3578-3161", "電話なし", "phone.csv:", "not a Japanese phone number"),
        ("phone.csv", "id,service_id,number", "id,service_id,nummer", "phone.csv:1", "column number is missing"),
        ("service.csv", "\n", "\nonly,three,cells\n", "service.csv:2", "3 cells"),
        ("service.csv", "\n", '\n"never closed', "service.csv:", "not valid CSV"),
        ("schedule.csv", "08:30+09:00", "25:99+09:00", "service.csv:", "rules"),
        ("attribute.csv", ",service,", ",planet,", "attribute.csv:", "names no planet"),
    ],
)
def test_a_broken_package_is_refused_and_the_old_directory_stays(
    loaded, knowledge, tmp_path, file, old, new, place, why
):
    with transaction(loaded) as session:
        broken_package(tmp_path, session, knowledge, file, old, new)
        count = session.scalar(select(func.count()).select_from(models.Service))
    with pytest.raises(KnowledgeError) as refused:
        exchange.read_export(tmp_path, knowledge)
    assert any(place in reason and why in reason for reason in refused.value.reasons), refused.value.reasons[:3]
    assert len(in_database(loaded, knowledge)) == count


def test_a_missing_file_a_dangling_and_a_doubled_row_are_refused(loaded, knowledge, tmp_path):
    with transaction(loaded) as session:
        exchange.export(session, knowledge, "csv", tmp_path, everything=True)
    with (tmp_path / "phone.csv").open("a", encoding="utf-8") as file:
        file.write("00000000-0000-0000-0000-000000000000,no-such-service,03-1234-5678,,voice,\n" * 2)
    with pytest.raises(KnowledgeError) as refused:
        exchange.read_export(tmp_path, knowledge)
    reasons = " ".join(refused.value.reasons)
    assert "names no service" in reasons and "is already used in" in reasons
    (tmp_path / "service.csv").unlink()
    with pytest.raises(KnowledgeError, match=r"service\.csv: the file is missing"):
        exchange.read_export(tmp_path, knowledge)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"services": [1]}', '{"services": [{}]}', '{"services": []}', "\udcff"]
)
def test_broken_json_is_refused(knowledge, tmp_path, text):
    path = tmp_path / "services.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(KnowledgeError, match=r"services\.json"):
        exchange.read_export(path, knowledge)


def test_every_service_has_a_source_with_a_date_and_what_is_public_is_not_low(knowledge):
    for entry in knowledge.entries:
        form = entry.form
        assert all(source.date.strip() and source.title and source.url for source in form.sources), form.id
        assert form.confidence != "low" or form.shown_to == "staff"
    undated = {entry.form.id for entry in knowledge.entries if entry.form.verified_on is None}
    listed = {item.entry.form.id for item in stale(knowledge.entries, date(2026, 11, 20)) if item.age is None}
    assert undated == listed, "what nobody could date is named by kb stale"


def test_what_is_older_than_half_a_year_or_below_high_is_stale(knowledge):
    today = date(2026, 11, 20)
    found = {item.entry.form.id for item in stale(knowledge.entries, today)}
    for entry in knowledge.entries:
        form = entry.form
        fresh = form.verified_on is not None and (today - form.verified_on).days <= 180 and form.confidence == "high"
        assert (form.id not in found) is fresh


def test_the_reviewed_yaml_has_no_unquoted_time(knowledge):
    """YAML 1.1 reads 08:30 as a number; the form refuses it."""
    rule = yaml.safe_load("{days: [mo], opens: 08:30, closes: 17:00}")
    with pytest.raises(ValueError, match="quotes"):
        ServiceForm.model_validate(
            {**knowledge.entries[0].form.model_dump(), "hours": {"text": "x", "confirmed": True, "rules": [rule]}}
        )

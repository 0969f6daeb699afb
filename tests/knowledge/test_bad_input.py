"""What is wrong in the reviewed files is refused with file, line and reason; every error is named; the command line says it in a sentence."""

from __future__ import annotations

import shutil

import pytest
from typer.testing import CliRunner

from bot.cli import app
from knowledge.loader import read_knowledge
from knowledge.schema import KnowledgeError
from knowledge.taxonomy import KNOWLEDGE

GOOD = """services:
- id: a-window
  name: 窓口
  organization: 港区
  kind: window
  role: near
  what: 話を聞きます。
  what_easy: 話（はなし）を 聞（き）きます。
  say: 「相談したいです」と伝えてください。
  fit: {housing: 2}
  needs: [find_room]
  audience: [self]
  residence: area
  phones:
  - number: "03-1234-5678"
    label: 窓口
  hours:
    text: 平日9:00～17:00
    confirmed: true
    rules:
    - {days: [mo, tu], opens: "09:00", closes: "17:00"}
  confidence: high
  verified_on: 2026-01-01
  sources:
  - url: https://example.org/
    title: 港区
    date: "2026-01-01"
"""
MISTAKES = {
    "a phone that is none": ('"03-1234-5678"', '"03-12"', ["areas/minato/x.yml:2", "a-window", "phones.0", "phone number"]),
    "an impossible age range": ("  residence: area", "  min_age: 65\n  max_age: 18\n  residence: area", ["min_age 65 is above max_age 18"]),
    "an age that nobody has": ("  residence: area", "  min_age: 300\n  residence: area", ["min_age"]),
    "overlapping hours": ("    - {days", '    - {days: [mo], opens: "16:00", closes: "18:00"}\n    - {days', ["overlap on mo"]),
    "hours that never open": ('closes: "17:00"', 'closes: "09:00"', ["the same time"]),
    "rules that nobody confirmed": ("confirmed: true", "confirmed: false", ["would be a guess"]),
    "confirmed hours without rules": ('    rules:\n    - {days: [mo, tu], opens: "09:00", closes: "17:00"}\n', "", ["at least one rule"]),
    "a weekday that is none": ("[mo, tu]", "[mo, xx]", ["rules.0.days.1"]),
    "an unquoted time": ('"17:00"', "17:00", ["quotes"]),
    "a source without a date": ('    date: "2026-01-01"\n', "", ["sources.0.date", "required"]),
    "a source with an empty date": ('date: "2026-01-01"', 'date: " "', ["sources.0.date"]),
    "no source": ('  sources:\n  - url: https://example.org/\n    title: 港区\n    date: "2026-01-01"\n', "", ["sources", "required"]),
    "an unknown situation": ("{housing: 2}", "{houses: 2}", ["unknown situation houses"]),
    "an unknown need": ("[find_room]", "[find_castle]", ["unknown need find_castle"]),
    "a fit that is too good": ("{housing: 2}", "{housing: 9}", ["fit.housing"]),
    "an unknown field": ("  kind: window", "  kind: window\n  colour: red", ["colour"]),
    "an unknown kind": ("kind: window", "kind: castle", ["kind"]),
    "nobody it is for": ("audience: [self]", "audience: []", ["audience"]),
    "low confidence for everyone": ("confidence: high", "confidence: low", ["staff only"]),
    "no first sentence": ("  say: 「相談したいです」と伝えてください。\n", "", ["say is missing"]),
    "a date that is none": ("verified_on: 2026-01-01", "verified_on: 2026-02-30", ["areas/minato/x.yml", "day is out of range"]),
    "no YAML at all": ("services:\n", "services: [\n", ["areas/minato/x.yml:", "not valid YAML"]),
    "an empty file": (GOOD, "", ["areas/minato/x.yml"]),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    shutil.copy(KNOWLEDGE / "situations.yml", tmp_path)
    (tmp_path / "areas" / "minato").mkdir(parents=True)
    return tmp_path


def write(folder, text, name="x.yml"):
    (folder / "areas" / "minato" / name).write_text(text, encoding="utf-8")


def test_the_good_file_is_in_order(folder):
    write(folder, GOOD)
    assert len(read_knowledge(folder).entries) == 1


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_with_place_and_reason(folder, mistake):
    old, new, said = MISTAKES[mistake]
    assert old in GOOD
    write(folder, GOOD.replace(old, new, 1))
    with pytest.raises(KnowledgeError) as refused:
        read_knowledge(folder)
    assert all(word in refused.value.reasons[0] for word in said), refused.value.reasons


def test_an_id_used_twice_is_refused_with_both_files(folder):
    write(folder, GOOD)
    write(folder, GOOD, "y.yml")
    with pytest.raises(KnowledgeError, match=r"minato/y\.yml \(a-window\): the id is already used in minato/x\.yml"):
        read_knowledge(folder)


def test_check_names_every_error_of_every_file(folder):
    write(folder, GOOD.replace('"03-1234-5678"', '"1"').replace("kind: window", "kind: castle"))
    write(folder, GOOD.replace("a-window", "b-window").replace("[find_room]", "[find_castle]"), "y.yml")
    write(folder, GOOD.replace("a-window", "c-window").replace('    date: "2026-01-01"\n', ""), "z.yml")
    result = CliRunner().invoke(app, ["kb", "check", "--folder", str(folder)])
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    for words in (
        "x.yml:2 (a-window) phones.0",
        "x.yml:2 (a-window) kind",
        "find_castle",
        "z.yml:2 (c-window) sources.0.date",
    ):
        assert any(words in line for line in lines)


@pytest.fixture
def shell(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIRUBE_DATABASE_URL", f"sqlite:///{tmp_path / 'kb.db'}")
    return lambda *words: CliRunner().invoke(app, ["kb", *map(str, words)])


def test_the_command_line_from_load_to_import(shell, tmp_path):
    assert "loaded" in shell("load").output
    assert "up to date" in shell("load").output
    assert shell("check").exit_code == 0
    assert shell("diff").exit_code == 0
    assert "ハローワーク" in shell("search", "はろーわーく").output.splitlines()[0]
    assert "name: よりそいホットライン" in shell("show", "japan-yorisoi-hotline").output
    old = shell("stale").output.splitlines()
    assert old and len(shell("stale", "--days", "100000").output.splitlines()) < len(old)
    for form in ("yaml", "json", "csv"):
        assert shell("export", form, tmp_path / form, "--all").exit_code == 0
    for form in ("json", "csv"):
        assert shell("import", tmp_path / form).exit_code == 0
        assert shell("diff").exit_code == 0


def test_an_import_that_is_refused_changes_nothing(shell, tmp_path):
    shell("load")
    shell("export", "csv", tmp_path / "csv", "--all")
    (tmp_path / "csv" / "service.csv").write_text("id,name\n1,x\n", encoding="utf-8")
    result = shell("import", tmp_path / "csv")
    assert result.exit_code == 1 and "service.csv:1" in result.stderr and "as it was" in result.stderr
    assert shell("diff").exit_code == 0


def test_what_differs_is_named(shell, folder):
    write(folder, GOOD)
    shell("load", "--folder", folder)
    write(folder, GOOD.replace("name: 窓口", "name: 新しい窓口"))
    result = shell("diff", "--folder", folder)
    assert result.exit_code == 1 and "a-window\tname\t窓口\t新しい窓口" in result.stdout


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("show", "no-such-id"), 1), (("search", "ヴォイニッチ"), 1), (("import", "/no/such/file"), 1),
        (("export", "xml", "/tmp/x"), 2), (("stale", "--days", "x"), 2), (("nonsense",), 2),
    ],
)  # fmt: skip
def test_a_wrong_word_ends_in_one_sentence(shell, words, status):
    result = shell(*words)
    assert result.exit_code == status and "Traceback" not in result.output


def test_a_database_that_is_none_ends_in_one_sentence(monkeypatch, capsys):
    from bot.cli import main

    monkeypatch.setenv("SHIRUBE_DATABASE_URL", "sqlite:////proc/no/such/place/kb.db")
    monkeypatch.setattr("sys.argv", ["shirube", "kb", "load"])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr().err
    assert ended.value.code == 1 and said.count("\n") == 1 and "shirube:" in said

"""Every scenario file, told to the chat API of the real application. `make scenarios` shows the same as a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.adapters import ChatApi
from tests.conversations.runner import run
from tests.conversations.scenario import FOLDER, ScenarioError, read_scenario, scenario_files


def stories() -> list[object]:
    """Every file; those that are known to go wrong today are expected to fail, and are counted so in every run."""
    known = set((Path(__file__).parent / "known_faults.txt").read_text(encoding="utf-8").split("\n"))
    reason = "listed in known_faults.txt"
    made = []
    for path in scenario_files():
        name = path.relative_to(FOLDER).with_suffix("").as_posix()
        marks = [pytest.mark.xfail(reason=reason, strict=False)] if name in known else []
        made.append(pytest.param(path, id=name, marks=marks))
    return made


@pytest.mark.parametrize("path", stories())
async def test_the_story_goes_as_a_social_worker_expects(path: Path, client, clock, directory):
    scenario = read_scenario(path)
    clock.now = scenario.moment
    outcome = await run(scenario, ChatApi(client), directory)
    assert outcome.right, "\n".join((scenario.title, *outcome.faults))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: a", "person"),
        ("title: a\nperson: b\nnow: 2026-11-20T14:00+09:00\nturns: [{says: x, skips: true}]", "one of says"),
        ("title: a\nperson: b\nnow: 2026-11-20T14:00+09:00\nturns: [{says: x, windows: [nowhere]}]", "nowhere"),
        ("title: a\nperson: b\nnow: 2026-11-20T14:00+09:00\nturns: [{says: x, danger: fire}]", "fire"),
        ("title: [", "parsing"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_the_name_of_the_file(tmp_path: Path, text: str, says: str):
    path = tmp_path / "story.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=f"^story.yml: .*{says}"):
        read_scenario(path)

"""Every scenario file, told to the chat API of the real application. `make scenarios` shows the same as a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.adapters import ChatApi
from tests.conversations.runner import run
from tests.conversations.scenario import FOLDER, ScenarioError, read_scenario, scenario_files

WRONG_AT_MOST = 22  # of 220; 16 when this was written. To be lowered as stories are mended: `make scenarios` names each


async def test_the_stories_go_as_a_social_worker_expects(client, clock, directory):
    wrong = []
    for path in scenario_files():
        scenario = read_scenario(path)
        clock.now = scenario.moment
        outcome = await run(scenario, ChatApi(client), directory)
        wrong += [] if outcome.right else [path.relative_to(FOLDER).as_posix()]
    assert len(wrong) <= WRONG_AT_MOST, "\n".join(wrong)


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

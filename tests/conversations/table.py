"""`python -m tests.conversations.table [part of a name …] [--tell]`: every scenario through the chat API, as a table.

One line for each file: turns, the turn of the first fitting window, questions asked, right or wrong and why. Exit status 1 when
any is wrong. ``--tell`` also prints what was said and answered.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from statistics import median

import httpx

from bot.assistant.quiet import keep_quiet

keep_quiet()

from bot.app import make_app  # noqa: E402  (Rasa must find its environment set)
from bot.settings import Settings  # noqa: E402
from knowledge.database import open_directory  # noqa: E402
from tests.conftest import StandingClock  # noqa: E402
from tests.conversations.adapters import ChatApi, assistant_behind  # noqa: E402
from tests.conversations.runner import Outcome, run  # noqa: E402
from tests.conversations.scenario import (  # noqa: E402
    Scenario,
    ScenarioError,
    read_scenario,
    scenario_files,
)
from tests.talk import Reply  # noqa: E402


async def outcomes(scenarios: Iterable[Scenario]) -> list[Outcome]:
    """Run the scenarios one after the other, with a database of their own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/shirube.db", key_file=Path(folder) / "secret.key")
        clock = StandingClock()
        app = make_app(settings, clock)
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://shirube.test") as client:
                if not assistant_behind(client).has_model:
                    raise ScenarioError("there is no model: run `shirube train` first")
                directory = open_directory(settings.database_url)
                found = []
                for scenario in scenarios:
                    clock.now = scenario.moment
                    found.append(await run(scenario, ChatApi(client), directory))
                return found


def line(outcome: Outcome) -> str:
    first = "-" if outcome.first_fit is None else str(outcome.first_fit)
    mark = "right" if outcome.right else "WRONG"
    numbers = f"{len(outcome.scenario.turns):>5} {first:>5} {len(outcome.asked):>9}"
    return f"{mark}  {numbers}  {outcome.scenario.name}"


def story(outcome: Outcome) -> str:
    """The talk as it went, one line for each thing said."""
    lines = []
    for words, replies in outcome.told:
        lines += [f"    > {words}"] if words else []
        lines += [f"      {_brief(reply)}" for reply in replies]
    return "\n".join(lines)


def _brief(reply: Reply) -> str:
    match reply["type"]:
        case "text":
            return reply["text"].splitlines()[0][:90]
        case "choices":
            return f"[{reply['question']}] {reply['prompt']} {' / '.join(c['value'] for c in reply['choices'])}"
        case "services":
            return "services " + ", ".join(f"{s['id']} ({s['open']['state']})" for s in reply["services"])
        case "danger":
            return f"danger {reply['kind']}:{reply['level']} " + ", ".join(s["id"] for s in reply["services"])
    return reply["type"]


def summary(found: list[Outcome]) -> str:
    right = sum(outcome.right for outcome in found)
    firsts = [outcome.first_fit for outcome in found if outcome.first_fit is not None]
    middle = f"{median(firsts):g}" if firsts else "-"
    return (
        f"{right} right, {len(found) - right} wrong of {len(found)}; median turn of the first fitting window: {middle}"
    )


def main(arguments: list[str]) -> int:
    parts, tell = [a for a in arguments if not a.startswith("--")], "--tell" in arguments
    scenarios, broken = [], []
    for path in scenario_files():
        if not parts or any(part in path.as_posix() for part in parts):
            try:
                scenarios.append(read_scenario(path))
            except ScenarioError as error:
                broken.append(str(error))
    try:
        found = asyncio.run(outcomes(scenarios))
    except ScenarioError as error:
        print(error, file=sys.stderr)
        return 1
    print("       turns first questions")
    for outcome in found:
        print(line(outcome))
        for fault in outcome.faults:
            print(f"       {fault}")
        if tell:
            print(story(outcome))
    for mistake in broken:
        print(f"BROKEN {mistake}")
    print(summary(found))
    return 0 if not broken and all(outcome.right for outcome in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

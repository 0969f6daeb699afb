"""Speed and size of the understanding: one message on one core, training, start-up. Each in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).parents[2]
MESSAGES, WARM_UP = 200, 20
SHORT, LONG = 35, 300  # characters
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def run() -> list[tuple[str, float, float | None]]:
    """What the issue limits: 15 ms median, 40 ms p95 for 300 characters on one core; training in 60 s and 2 GB."""
    with TemporaryDirectory() as folder:
        seconds, megabytes = _train(Path(folder))
        model = next(Path(folder).glob("*.tar.gz"))
        size = model.stat().st_size / 1e6
        told = _understand(Path(folder))
    return [
        ("a short message, median, ms", told["short_median"], 15),
        ("a short message, p95, ms", told["short_p95"], 40),
        ("300 characters, median, ms", told["long_median"], 15),
        ("300 characters, p95, ms", told["long_p95"], 40),
        ("training from nothing, s", seconds, 60),
        ("training, peak memory, MB", megabytes, 2000),
        ("model file, MB", size, None),
        ("start-up until the first answer, s", told["start"], None),
        ("understanding, peak memory, MB", told["memory"], None),
    ]


def _train(folder: Path) -> tuple[float, float]:
    """Seconds and peak memory (MB) of ``shirube train`` without Rasa's cache of an earlier training."""
    environment = {
        **os.environ, "SHIRUBE_MODELS_FOLDER": str(folder), "RASA_CACHE_DIRECTORY": str(folder / "cache"),
    }  # fmt: skip
    start = perf_counter()
    command = [sys.executable, "-c", "from bot.cli import main; main()", "train"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError("`shirube train` failed")
    return perf_counter() - start, usage.ru_maxrss / 1e3


def _understand(folder: Path) -> dict[str, float]:
    """This file as a program, on one core."""
    environment = {**os.environ, **ONE_THREAD, "SHIRUBE_MODELS_FOLDER": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.nlu"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


async def _measure() -> dict[str, float]:
    """Milliseconds of one message after another through the assistant, as ``shirube triage`` asks it."""
    import resource

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    start = perf_counter()
    from bot.assistant.quiet import keep_quiet

    keep_quiet()
    from bot.app import make_assistant
    from bot.evaluation.data import read_sets
    from bot.settings import Settings

    assistant = make_assistant(Settings())
    assert assistant.has_model
    await assistant.understand("仕事が見つからない")
    told = {"start": perf_counter() - start}
    texts = [example.text for example in read_sets()]
    for name, messages in (("short", _short(texts)), ("long", _long(texts))):
        spent = []
        for _ in range(MESSAGES + WARM_UP):
            message = next(messages)
            begin = perf_counter()
            await assistant.understand(message)
            spent.append((perf_counter() - begin) * 1e3)
        told[f"{name}_median"] = statistics.median(spent[WARM_UP:])
        told[f"{name}_p95"] = statistics.quantiles(spent[WARM_UP:], n=20)[-1]
    return {**told, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3}


def _short(texts: list[str]) -> Iterator[str]:
    return cycle(text for text in texts if len(text) <= SHORT)


def _long(texts: list[str]) -> Iterator[str]:
    """Messages of exactly 300 characters, of real lines put together."""
    whole = "。".join(texts)
    return cycle(whole[i : i + LONG] for i in range(0, len(whole) - LONG, LONG))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_measure())))

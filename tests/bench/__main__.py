"""``make bench``: runs every module beside this one that has ``run()`` and prints what was measured against its limit.

``run() -> list[tuple[name, value, limit]]``: the unit stands in the name, small is good, a limit of None is only shown.
With names of modules (``python -m tests.bench nlu``) only these. Exit status 1 when a limit is passed.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules

import tests.bench

Row = tuple[str, float, float | None]


def main(wanted: list[str]) -> int:
    names = [found.name for found in iter_modules(tests.bench.__path__) if found.name != "__main__"]
    rows: list[Row] = []
    for name in wanted or names:
        measure = getattr(import_module(f"tests.bench.{name}"), "run", None)
        if measure is not None:
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            rows += [(f"{name}: {what}", value, limit) for what, value, limit in measure()]
    for row in rows:
        print(_shown(row))
    return 1 if any(_over(row) for row in rows) else 0


def _over(row: Row) -> bool:
    return row[2] is not None and row[1] > row[2]


def _shown(row: Row) -> str:
    name, value, limit = row
    verdict = "" if limit is None else f"limit {limit:>7g}   {'OVER' if _over(row) else 'ok'}"
    return f"{name:<60} {value:>10.2f}   {verdict}".rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Writes ``docs/evaluation.md`` (from ``template.md``) and the list of misses beside it. Counts nothing itself."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.evaluation.metrics import FIGURES, Measured
from bot.evaluation.slices import COLUMNS, Miss, Slice
from knowledge.taxonomy import taxonomy

TEMPLATE = Path(__file__).parent / "template.md"
COUNTS = ("told", "dangers", "harmless")
KIND_COLUMNS = ("kind", "lines", "heard as any danger", "heard as this kind", "level `now`", "heard as `now`")


@dataclass(frozen=True)
class Findings:
    """Everything the report says. ``compared``: method to figures, in the order of the table; None where not recorded.

    ``same_as_rasa``: on how many lines both gave the same, and of how many. ``gap``: see ``metrics.calibration``.
    """

    inputs: str
    utterances: int
    lines: Mapping[str, int]
    measured: Sequence[Measured]
    by_situation: tuple[np.ndarray, np.ndarray, np.ndarray]
    kinds: Sequence[Slice]
    slices: Mapping[str, Sequence[Slice]]
    compared: Mapping[str, Sequence[float] | None]
    gap: float
    gates: Sequence[float]
    misses: Sequence[Miss]
    same_as_rasa: tuple[int, int]


def write_report(found: Findings, docs: Path) -> None:
    """``evaluation.md`` and ``evaluation-misses.csv`` in the folder ``docs``."""
    words = {**_facts(found), **_tables(found)}
    (docs / "evaluation.md").write_text(TEMPLATE.read_text(encoding="utf-8").format(**words), encoding="utf-8")
    with (docs / "evaluation-misses.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id", "text", "true", "got", "what is wrong"))
        writer.writerows((m.example.labels.id, m.example.text, m.true, m.got, "; ".join(m.why)) for m in found.misses)


def figures_table(measured: Sequence[Measured]) -> str:
    """The table of the issue, for people."""
    rows = []
    for figure, one in zip(FIGURES, measured, strict=True):
        verdict = "aim reached" if figure.reached(one.value, figure.aim) else "reached"
        if not figure.reached(one.value, figure.must):
            verdict = "**falls short**"
        sign = "≤ " if figure.at_most else ""
        interval = f"{_number(one.low)} – {_number(one.high)}"
        rows.append((figure.name, f"{sign}{figure.must}", f"{sign}{figure.aim}", _number(one.value), interval, verdict))
    return _markdown(("on messages never trained on", "must", "aim", "reached", "95% interval", ""), rows)


def _facts(found: Findings) -> dict[str, str]:
    short = [f.name for f, one in zip(FIGURES, found.measured, strict=True) if not f.reached(one.value, f.must)]
    same, asked = found.same_as_rasa
    return {
        "lines": ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in found.lines.items()),
        "utterances": f"{found.utterances:,}",
        "inputs": found.inputs,
        "runs": str(len(found.gates)),
        "same": str(same),
        "asked": str(asked),
        "verdict": f"Falls short: {'; '.join(short)}." if short else "Everything that must be reached is reached.",
        "diet": "recorded" if found.compared.get("DIET") else "not recorded for these lines, to be made",
        "gap": _number(found.gap),
        "gates": ", ".join(_number(gate) for gate in found.gates),
        "missed": str(len(found.misses)),
        "all": str(sum(found.lines.values())),
    }


def _tables(found: Findings) -> dict[str, str]:
    nine = zip(taxonomy().keys, *found.by_situation, strict=True)
    nine_rows = [(key, *map(_number, values)) for key, *values in nine]
    kinds = [(one.name, *(_cell(v, i in (0, 3)) for i, v in enumerate(one.values))) for one in found.kinds]
    return {
        "figures": figures_table(found.measured),
        "comparison": _comparison(found.compared),
        "nine": _markdown(("situation", "precision", "recall", "F1"), nine_rows),
        "kinds": _markdown(KIND_COLUMNS, kinds),
        "slices": "\n\n".join(_sliced(by, rows) for by, rows in found.slices.items()),
        "misses": _counted(found.misses),
    }


def _comparison(compared: Mapping[str, Sequence[float] | None]) -> str:
    rows = []
    for index, figure in enumerate(FIGURES):
        cells = ("not recorded" if one is None else _number(one[index]) for one in compared.values())
        rows.append((figure.name, *cells))
    return _markdown(("", *compared), rows)


def _sliced(by: str, rows: Sequence[Slice]) -> str:
    cells = [(s.name, *(_cell(v, c in COUNTS) for v, c in zip(s.values, COLUMNS, strict=True))) for s in rows]
    return _markdown((by, *COLUMNS), cells)


def _counted(misses: Sequence[Miss]) -> str:
    """Kinds of misses with their counts; which situation was lost or added is left to the list."""
    whys = (why for miss in misses for why in miss.why)
    kinds = (f"a situation {why.split()[0]}" if why.startswith(("lost", "added")) else why for why in whys)
    return _markdown(("what is wrong", "lines"), [(kind, str(count)) for kind, count in Counter(kinds).most_common()])


def _number(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.3f}"


def _cell(value: float, is_count: bool) -> str:
    return str(int(value)) if is_count else _number(value)


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))

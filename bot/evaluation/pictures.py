"""The plots of ``docs/pictures/evaluation``, with English labels only. Draws arrays; counts nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure as Picture

from bot.evaluation.metrics import FIGURES, Measured
from knowledge.taxonomy import taxonomy

mpl.use("Agg")
WIDTH, HEIGHT = 7.2, 4.4  # inches
OURS, MUST, AIM = "#1b6ca8", "#b3541e", "#3f7d3f"
RESOLUTION = 110  # dots an inch


def _save(picture: Picture, folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    picture.tight_layout()
    picture.savefig(folder / f"{name}.png", dpi=RESOLUTION, metadata={"Software": None})


def draw_figures(measured: Sequence[Measured], folder: Path) -> None:
    """The table: each figure with its interval, what must be reached and the aim."""
    picture = Picture(figsize=(WIDTH + 1.6, HEIGHT))
    axes = picture.subplots()
    rows = np.arange(len(FIGURES))[::-1]
    values = np.array([one.value for one in measured])
    spread = np.array([[max(0, m.value - m.low) for m in measured], [max(0, m.high - m.value) for m in measured]])
    axes.errorbar(values, rows, xerr=spread, fmt="o", color=OURS, capsize=3, label="reached, 95% interval")
    axes.scatter([f.must for f in FIGURES], rows, marker="|", s=180, color=MUST, label="must")
    axes.scatter([f.aim for f in FIGURES], rows, marker="|", s=180, color=AIM, label="aim")
    axes.set_yticks(rows, [figure.name.replace("`", "").replace("→", "->") for figure in FIGURES], fontsize=8)
    axes.set_xlim(-0.02, 1.02)
    axes.grid(axis="x", alpha=0.3)
    axes.legend(fontsize=8, loc="center")
    _save(picture, folder, "figures")


def draw_confusion(counts: np.ndarray, folder: Path) -> None:
    """Shares of each true situation's lines, shape (9, 10)."""
    picture = Picture(figsize=(WIDTH, WIDTH * 0.85))
    axes = picture.subplots()
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(counts):
        if count:
            dark = shares[row, column] > 0.5
            axes.text(column, row, count, ha="center", va="center", fontsize=8, color="white" if dark else "black")
    keys = taxonomy().keys
    axes.set_xticks(range(len(keys) + 1), [*keys, "(nothing)"], rotation=45, ha="right", fontsize=8)
    axes.set_yticks(range(len(keys)), keys, fontsize=8)
    axes.set_xlabel("best")
    axes.set_ylabel("true")
    _save(picture, folder, "confusion")


def draw_gate(
    curves: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]], chosen: Sequence[float], folder: Path
) -> None:
    """Outside messages kept quiet against told ones let through, along the gate, for every run."""
    picture = Picture(figsize=(WIDTH, HEIGHT))
    axes = picture.subplots()
    for index, (gates, kept, let) in enumerate(curves):
        axes.plot(gates, kept, color=MUST, alpha=0.6, label="outside the nine, kept quiet" if not index else None)
        axes.plot(gates, let, color=OURS, alpha=0.6, label="of the nine, let through" if not index else None)
    for index, gate in enumerate(chosen):
        axes.axvline(gate, color="grey", lw=0.8, ls="--", label="chosen on held-out writers" if not index else None)
    axes.set_xlabel("gate: score of 'any of the nine' from which something is selected")
    axes.set_ylabel("share of messages")
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    _save(picture, folder, "gate")


def draw_calibration(said: np.ndarray, was: np.ndarray, count: np.ndarray, folder: Path) -> None:
    """Mean score against share that is true, for ten bins; the size of a point is its count."""
    picture = Picture(figsize=(HEIGHT + 0.6, HEIGHT))
    axes = picture.subplots()
    axes.plot([0, 1], [0, 1], color="grey", lw=0.8, ls="--")
    axes.plot(said, was, color=OURS, lw=1)
    axes.scatter(said, was, s=20 + 12 * np.sqrt(count), color=OURS, alpha=0.6)
    axes.set_xlabel("score of a situation")
    axes.set_ylabel("share that is true")
    axes.grid(alpha=0.3)
    _save(picture, folder, "calibration")


def draw_comparison(figures: Mapping[str, Sequence[float]], folder: Path) -> None:
    """Every method's figures side by side."""
    picture = Picture(figsize=(WIDTH + 1.6, HEIGHT + 2))
    axes = picture.subplots()
    rows = np.arange(len(FIGURES))[::-1] * 1.0
    thick = 0.8 / len(figures)
    colours = mpl.colormaps["viridis"](np.linspace(0.05, 0.9, len(figures)))
    for index, (name, values) in enumerate(figures.items()):
        axes.barh(rows - index * thick, values, height=thick, label=name, color=colours[index])
    labels = [figure.name.replace("`", "").replace("→", "->") for figure in FIGURES]
    axes.set_yticks(rows - 0.4 + thick / 2, labels, fontsize=8)
    axes.set_xlim(0, 1)
    axes.grid(axis="x", alpha=0.3)
    axes.legend(fontsize=8, loc="lower right")
    _save(picture, folder, "comparison")

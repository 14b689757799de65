"""One run from nothing to shipped weights: pieces made, network trained, chances fitted, card written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np

from dance_core.atomic import replacing
from dance_core.beatnet.calibrate import RIGHT, fitted, fitted_metre
from dance_core.beatnet.card import card
from dance_core.beatnet.judge import Judged, judged, judged_beatless
from dance_core.beatnet.material import Amounts, Piece, orders, pieces, prepare
from dance_core.beatnet.net import NetConfig
from dance_core.beatnet.train import TrainConfig, train_net
from dance_core.errors import UserError
from dance_core.music.bar_length import MetreModel
from dance_core.music.bar_pointer import with_bars
from dance_core.music.beat_net import run_net, weights_of
from dance_core.music.sureness import METRE_NUMBERS, NUMBERS, Curve, Learned, learned_from

CONFIGS: dict[str, tuple[Amounts, TrainConfig]] = {
    "small": (Amounts(), TrainConfig()),
    "tiny": (
        Amounts(
            band=4, groove=0, freedoom=0, studio=0, clicks=3, beatless=3, held_out=1.0, seconds=(12.0, 14.0)
        ),
        TrainConfig(legs=((6, 2), (0, 2)), batch=2, rows=300, warm=2, every=2, net=NetConfig(8, 5)),
    ),
}
Progress = Callable[[str, int, int, dict[str, float]], None]


def train_beats(material: Path, midi: Path | None, name: str, out: Path, seed: int = 0, threads: int = 1,
                progress: Progress = lambda stage, done, of, numbers: None) -> None:
    """Make what is missing of the pieces in `material`, train, and write beats.safetensors, beats.json,
    beats.csv and card.md into `out`. Interrupted, the same call goes on where it was.

    Args:
        midi: folder with groove/groove and freedoom/musics, MIDI files of people; None: made pieces alone.
        name: one of `CONFIGS`.

    Raises UserError for an unknown configuration, or where fluidsynth, a soundfont or MIDI files are missing.
    """
    if name not in CONFIGS:
        raise UserError(
            f"There is no configuration {name!r} of the beat tracker; there are {', '.join(CONFIGS)}."
        )
    amounts, config = CONFIGS[name]
    if midi is not None and not midi.is_dir():
        raise UserError(f"There is no folder {midi} of MIDI files.")
    groove, freedoom = (midi / "groove" / "groove", midi / "freedoom" / "musics") if midi else (None, None)
    wanted = orders(amounts, groove, freedoom)
    prepare(material, wanted, groove, freedoom, lambda done, of: progress("writing pieces", done, of, {}),
            machine=True if name == "tiny" else None)
    learn = [p for _, p in pieces(material, [o for o in wanted if o.split == "train"])]
    val = [o for o in wanted if o.split == "val"]
    weights = train_net(learn, [p for _, p in pieces(material, val)], config, out, seed, threads,
                        lambda done, of, numbers: progress("training", done, of, numbers))
    metre = fit_metre(learn, weights, lambda done: progress("hearing pieces", done, len(learn), {}))
    even = fit_chances([])
    keep = out / "beats.json"
    _write(keep, Learned(*even, metre))
    rows = judged(material, val, weights, keep, lambda done: progress("judging val", done, len(val), {}))
    rows += judged_beatless(weights, keep)
    _write(keep, Learned(*fit_chances(rows), metre))
    test = [o for o in wanted if o.split == "test"]
    found = judged(material, test, weights, keep, lambda done: progress("judging test", done, len(test), {}))
    seconds = sum(len(p.inputs) for p in learn) / 50
    with replacing(out / "card.md") as part:
        part.write_text(card(found, wanted, config, seconds, seed, weights.stat().st_size), encoding="utf-8")
    (out / "training.pt").unlink(missing_ok=True)


def fit_metre(learn: list[Piece], weights: Path,
              progress: Callable[[int], None] = lambda done: None) -> MetreModel:
    """The choice of the metre, of pieces that were learned from, on their true beats."""
    net = weights_of(weights)
    columns, metres = [], []
    for done, piece in enumerate(learn):
        if piece.metre and len(piece.beats) > 12:
            heard = run_net(net, piece.inputs.astype(np.float32))
            columns.append(with_bars(heard, piece.beats).columns)
            metres.append(piece.metre)
        progress(done + 1)
    return fitted_metre(np.array(columns), np.array(metres))


def fit_chances(rows: list[Judged]) -> tuple[Curve, Curve]:
    """`confidence` and `metre_confidence`, of pieces that the network has not learned from."""
    right = np.array([float(r.aml >= RIGHT) for r in rows])
    barred = [r for r in rows if r.metre and r.aml >= RIGHT]
    of_bars = np.array([r.metre_numbers for r in barred]).reshape(-1, len(METRE_NUMBERS))
    return (fitted(np.array([r.numbers for r in rows]).reshape(-1, len(NUMBERS)), right),
            fitted(of_bars, np.array([float(r.bars_right) for r in barred])))


def _write(path: Path, learned: Learned) -> None:
    with replacing(path) as part:
        part.write_text(json.dumps(asdict(learned)) + "\n", encoding="utf-8")
    learned_from.cache_clear()  # the same name, other numbers

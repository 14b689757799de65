"""One run from nothing to shipped weights: pieces made, network trained, chances fitted, card written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from dance_core.atomic import replacing
from dance_core.beatnet.card import card
from dance_core.beatnet.fit import fitted_models
from dance_core.beatnet.grid_net import GridConfig, train_grid_net
from dance_core.beatnet.judge import judged, judged_beats, tried, tried_beatless
from dance_core.beatnet.material import Amounts, orders, pieces, prepare
from dance_core.beatnet.net import NetConfig
from dance_core.beatnet.train import Cycle, TrainConfig, train_net
from dance_core.errors import UserError
from dance_core.music.fitted import CURVES
from dance_core.music.grid_net import GRID_WEIGHTS

CONFIGS: dict[str, tuple[Amounts, TrainConfig, GridConfig]] = {
    "small": (Amounts(), TrainConfig(), GridConfig()),
    "tiny": (
        Amounts(
            band=4, loop=3, groove=2, freedoom=2, studio=0, clicks=3, beatless=3, genre=4, held_out=1.0,
            seconds=(12.0, 14.0)
        ),
        TrainConfig((Cycle(3, 2e-3, 1, ((1, 2), (3, 4))), Cycle(3, 1e-3, 1, ((3, None),))), batch=2, rows=300,
                    warm=2, every=2, net=NetConfig(8, 8, 2, 3, 1)),
        GridConfig(8, 2, grids=2, batch=4, steps=4),
    ),
}
Progress = Callable[[str, int, int, dict[str, float]], None]


def train_beats(material: Path, midi: Path | None, name: str, out: Path, seed: int = 0, threads: int = 1,
                progress: Progress = lambda stage, done, of, numbers: None) -> None:
    """Make what is missing of the pieces in `material`, train, and write beats.safetensors,
    grids.safetensors, beats.json, beats.csv and card.md into `out`. Interrupted, the same call goes on where
    it was. Where `out` has an about.md, the card ends with it.

    Args:
        midi: folder with groove/groove and freedoom/musics, MIDI files of people; None: made pieces alone.
        name: one of `CONFIGS`.

    Raises UserError for an unknown configuration, or where fluidsynth, a soundfont or MIDI files are missing.
    """
    if name not in CONFIGS:
        raise UserError(
            f"There is no configuration {name!r} of the beat tracker; there are {', '.join(CONFIGS)}."
        )
    amounts, config, grids = CONFIGS[name]
    if midi is not None and not midi.is_dir():
        raise UserError(f"There is no folder {midi} of MIDI files.")
    groove, freedoom = (midi / "groove" / "groove", midi / "freedoom" / "musics") if midi else (None, None)
    wanted = orders(amounts, groove, freedoom)
    prepare(material, wanted, groove, freedoom, lambda done, of: progress("writing pieces", done, of, {}),
            machine=True if midi is None and name == "tiny" else None)
    learn = [p for _, p in pieces(material, [o for o in wanted if o.split == "train"])]
    val = [o for o in wanted if o.split == "val"]
    net = train_net(learn, [p for _, p in pieces(material, val)], config, out, seed, threads,
                    lambda done, of, numbers: progress("training", done, of, numbers))
    grid_net = train_grid_net(learn, grids, out / GRID_WEIGHTS.name, seed, threads,
                              lambda done, of, numbers: progress("training on grids", done, of, numbers))
    held = tried(material, val, net, grid_net, lambda done: progress("hearing val", done, len(val), {}))
    learned = fitted_models(held, tried_beatless(net, grid_net))
    with replacing(out / CURVES.name) as part:
        part.write_text(json.dumps(asdict(learned)) + "\n", encoding="utf-8")
    test = [o for o in wanted if o.split == "test"]
    last = tried(material, test, net, grid_net, lambda done: progress("hearing test", done, len(test), {}))
    found = [judged(piece, learned) for piece in last]
    before = [judged_beats(piece.truth, piece.pulse) for piece in last]
    seconds = sum(len(p.inputs) for p in learn) / 50
    size = net.stat().st_size + grid_net.stat().st_size
    about = out / "about.md"
    text = card(found, before, wanted, config, grids, seconds, seed, size)
    if about.is_file():
        text += "\n" + about.read_text(encoding="utf-8")
    with replacing(out / "card.md") as part:
        part.write_text(text, encoding="utf-8")
    for state in ("training.pt", GRID_WEIGHTS.with_suffix(".pt").name):
        (out / state).unlink(missing_ok=True)

"""The model card of the beat tracker: what it learned from, how right it is, what its confidence is worth."""

from __future__ import annotations

from collections import Counter

import numpy as np

from dance_core.beatnet.calibrate import RIGHT, reliability
from dance_core.beatnet.genres import LATER_FEELS
from dance_core.beatnet.grid_net import GridConfig
from dance_core.beatnet.grooves import FEELS
from dance_core.beatnet.judge import Judged, by_metre, table
from dance_core.beatnet.material import Order
from dance_core.beatnet.train import TrainConfig

_SOURCES = {
    "band": f"bands written by `beatnet/band.py` in {len(FEELS)} feels: bars of 2 to 7, swing, shuffle, "
    "jigs, other compound bars, off-beat basses and chords, pick-ups, drift, steps of tempo",
    "loop": "loops of one bar in these feels: drums, at times a bass and chords, dead in time",
    "groove": "Groove MIDI Dataset (Magenta), human drumming, CC BY 4.0; alone and with a written band",
    "freedoom": "the songs of Freedoom, BSD-3-Clause",
    "studio": "songs of the Studio's songwriter",
    "clicks": "metronomes, with and without accents",
    "genre": f"bands in {len(LATER_FEELS)} feels more (`beatnet/genres.py`): techno of games, trance, disco, "
    "slow blues and rock in 12/8, five and seven whose \"one\" the harmony tells, piano, hymns, orchestra, "
    "ragtime, stride, gypsy swing, musette, reels, ballroom, salsa, islands, funk, metal, drum and bass, "
    "trap, chips; some breathe with their phrases",
    "beatless": "noise, drones, swells, rain, babble, free notes: no beat at all",
}


def card(
    rows: list[Judged], before: list[Judged], wanted: list[Order], config: TrainConfig, grids: GridConfig,
    seconds: float, seed: int, size: int
) -> str:
    """Markdown, of the test pieces' rows; seconds: of music learned from; size: of the weights in bytes."""
    counts = Counter(order.family for order in wanted if order.split == "train")
    lines = [
        "# The beat tracker",
        "",
        "Two convolutional networks and a few fitted numbers, "
        f"{size / 1e6:.2f} MB as float16, in numpy. The first hears beats, downbeats, tempo and metre in a "
        f"song's onsets, spectra and pitches ({config.net.before + config.net.after} blocks of "
        f"{config.net.channels} channels 50 times a second, {config.net.slow} of {config.net.wide} channels "
        "12.5 times; `music/beat_net.py`), and a bar pointer finds its likeliest path. That path, the pulse "
        "that the app found before without any network, and their relatives (half, twice, off-beat, thirds) "
        f"are the grids to choose from; the second network ({grids.blocks} blocks of {grids.channels} "
        "channels) goes along each of them beat by beat and says whether it is the beat, and which is "
        "\"one\" (`music/grid_net.py`). Which grid it is (`music/choice.py`), how many beats a bar "
        "(`music/bar_length.py`) and how sure that is (`music/sureness.py`) are fitted choices.",
        "",
        f"Trained by `python -m dance_core train beats` with seed {seed}: {_cycles(config)} Each step takes "
        f"{config.batch} stretches of {config.rows / 50:.0f} s; the weights are a running mean. "
        f"What it learned from lasts {seconds / 3600:.1f} hours:",
        "",
        *(f"- {counts[name]} pieces: {text}" for name, text in _SOURCES.items() if counts[name]),
        "",
        "MIDI is played by fluidsynth with FluidR3_GM and TimGM6mb, by a drum machine in numpy, or both. "
        "Made pieces are split by seed, people's by file.",
        "",
        f"The second network learned from {grids.grids} grids over each of them, right and wrong, in "
        f"{grids.steps} steps of {grids.batch}. Choices and chances were fitted on pieces that neither has "
        "learned from, and what follows is of others again.",
        "",
        "## Held-out pieces",
        "",
        "In brackets the tracker without networks, on the same pieces.",
        "",
        table(rows, before),
        "",
        by_metre(rows),
        "",
        "## What its confidence is worth",
        "",
        "Fitted on other held-out pieces (each tried with choices that were fitted without it); right is an "
        f"AMLt of at least {RIGHT}.",
        "",
        "| confidence | pieces | mean | right |",
        "|---|---|---|---|",
    ]
    chance = np.array([r.confidence for r in rows])
    aml = np.array([r.aml for r in rows])
    lines += [f"| {low:.1f} to {high:.1f} | {n} | {mean:.2f} | {share:.2f} |"
              for low, high, n, mean, share in reliability(chance, (aml >= RIGHT).astype(float))]
    wrong, good = chance[aml < 0.6], chance[aml >= 0.9]
    lines += [
        "",
        f"Of {len(wrong)} pieces with an AMLt below 0.6, {_share(wrong < 0.6)} have a confidence below 0.6; "
        f"of {len(good)} with at least 0.9, {_share(good > 0.8)} have one above 0.8.",
        "",
    ]
    barred = [r for r in rows if r.metre]
    lines += ["| confidence in the bars | pieces | mean | metre and downbeats right |", "|---|---|---|---|"]
    lines += [f"| {low:.1f} to {high:.1f} | {n} | {mean:.2f} | {share:.2f} |" for low, high, n, mean, share in
              reliability(np.array([r.metre_confidence for r in barred]),
                          np.array([float(r.bars_right and r.aml >= RIGHT) for r in barred]))]
    lines += [
        "",
        "Licence: the project's own. Groove's credit: Jon Gillick, Adam Roberts, Jesse Engel, Douglas "
        'Eck, David Bamman, "Learning to Groove with Inverse Sequence Transformations", ICML 2019.',
        "",
    ]
    return "\n".join(lines)


def _cycles(config: TrainConfig) -> str:
    """The cycles of a training in words."""
    out = []
    for k, cycle in enumerate(config.cycles):
        pools = ", then ".join(f"up to its step {until} from the first {count} pieces" if count else
                               "from all pieces" for until, count in cycle.pools)
        start = "from chance" if k == 0 else "from the weights that this left, with a new optimiser"
        rate = f"the rate is {cycle.rate:g} and falls by a cosine over the last {cycle.fall}"
        out.append(f"{cycle.steps} steps {start} ({pools}; {rate})")
    return ", then ".join(out) + "."


def _share(hits: np.ndarray) -> str:
    return f"{hits.mean():.0%}" if len(hits) else "none"

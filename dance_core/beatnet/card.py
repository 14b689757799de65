"""The model card of the beat tracker: what it learned from, how right it is, what its confidence is worth."""

from __future__ import annotations

from collections import Counter

import numpy as np

from dance_core.beatnet.calibrate import RIGHT, reliability
from dance_core.beatnet.judge import Judged, by_metre, table
from dance_core.beatnet.material import Order
from dance_core.beatnet.train import TrainConfig

_SOURCES = {
    "band": "bands written by `beatnet/band.py` in 19 feels: bars of 2 to 7, swing, shuffle, jigs, other "
    "compound bars, "
    "off-beat basses and chords, pick-ups, drift, steps of tempo",
    "groove": "Groove MIDI Dataset (Magenta), human drumming, CC BY 4.0; alone and with a written band",
    "freedoom": "the songs of Freedoom, BSD-3-Clause",
    "studio": "songs of the Studio's songwriter",
    "clicks": "metronomes, with and without accents",
    "beatless": "noise, drones, swells, rain, babble, free notes: no beat at all",
}


def card(
    rows: list[Judged], wanted: list[Order], config: TrainConfig, seconds: float, seed: int, size: int
) -> str:
    """Markdown, of the test pieces' rows; seconds: of music learned from; size: of the weights in bytes."""
    counts = Counter(order.family for order in wanted if order.split == "train")
    lines = [
        "# The beat tracker",
        "",
        f"A temporal convolutional network ({config.net.blocks} blocks of {config.net.channels} channels, "
        f"{size / 1e6:.2f} MB as float16) that hears beats, downbeats, tempo and metre in a song's onsets, "
        "spectra and pitches, and a bar pointer that puts them together. Runs in numpy (`music/beat_net.py`, "
        "`music/bar_pointer.py`).",
        "",
        f"Trained for {config.steps} steps of {config.batch} stretches of {config.rows / 50:.0f} s with seed "
        f"{seed} by `python -m dance_core train beats` on {seconds / 3600:.1f} hours:",
        "",
        *(f"- {counts[name]} pieces: {text}" for name, text in _SOURCES.items() if counts[name]),
        "",
        "MIDI is played by fluidsynth with FluidR3_GM and TimGM6mb, by a drum machine in numpy, or both. "
        "Made pieces are split by seed, people's by file.",
        "",
        "## Held-out pieces",
        "",
        table(rows),
        "",
        by_metre(rows),
        "",
        "## What its confidence is worth",
        "",
        f"Fitted on other held-out pieces; right is an AMLt of at least {RIGHT}.",
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


def _share(hits: np.ndarray) -> str:
    return f"{hits.mean():.0%}" if len(hits) else "none"

"""A score as sound: fluidsynth with a soundfont of Debian's, the drum machine or both; and what rooms add."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import scipy.signal

from dance_core.beatnet.machine import RATE, machine_samples
from dance_core.beatnet.score import DRUMS, Score, midi_bytes
from dance_core.errors import UserError

FONTS = tuple(Path("/usr/share/sounds/sf2") / f"{name}.sf2" for name in ("FluidR3_GM", "TimGM6mb"))


def fonts() -> list[Path]:
    """The soundfonts there are. Raises UserError where fluidsynth or all of them are missing."""
    found = [path for path in FONTS if path.is_file()]
    if not found or not shutil.which("fluidsynth"):
        raise UserError("Pieces are played by fluidsynth with a soundfont: apt-get install fluidsynth "
                        "fluid-soundfont-gm timgm6mb-soundfont.")
    return found


def played(score: Score, seed: int, machine: bool | None = None) -> np.ndarray:
    """(N,) float32 at `RATE`: a score with an instrumentation, level and room drawn by the seed.

    machine: True plays all of it on the drum machine (no fluidsynth needed); None draws it.
    """
    rng = np.random.default_rng([seed, 17])
    way = rng.choice(["font", "font", "font", "machine", "mixed"]) if machine is None else "machine"
    if way == "machine":
        out = machine_samples(score, seed)
    elif way == "font":
        out = _fluid(score, rng)
    else:
        tones = score.notes[score.notes["program"] != DRUMS]
        own = Score(tones, score.beats, score.positions, score.metre, score.seconds, score.kind)
        out = machine_samples(score, seed, tones=False) * rng.uniform(0.4, 1.0)
        if len(tones):
            out = out + _fluid(own, rng) * rng.uniform(0.4, 1.0)
    return _mastered(out, rng)


def _fluid(score: Score, rng: np.random.Generator) -> np.ndarray:
    options = fonts()
    font = options[rng.integers(len(options))]
    room = rng.random() < 0.4
    with tempfile.TemporaryDirectory(prefix="beatnet-") as folder:
        midi, wave = Path(folder) / "piece.mid", Path(folder) / "piece.raw"
        midi.write_bytes(midi_bytes(score))
        subprocess.run(
            [
                "fluidsynth",
                "-ni",
                "-q",
                "-o",
                "synth.dynamic-sample-loading=1",
                "-g",
                "0.4",
                "-R",
                str(int(room)),
                "-C",
                str(int(room)),
                "-r",
                str(RATE),
                "-O",
                "float",
                "-T",
                "raw",
                "-F",
                str(wave),
                str(font),
                str(midi),
            ],
            check=True,
            capture_output=True,
            timeout=600,
        )
        mono = np.fromfile(wave, "<f4").reshape(-1, 2).mean(axis=1)
    out = np.zeros(int(score.seconds * RATE), np.float32)
    out[:min(len(out), len(mono))] = mono[:len(out)]
    peak = np.abs(out).max()
    return out / peak if peak > 0 else out


def _mastered(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Tilted, squeezed, with noise under it, as records and recordings are."""
    out = samples.astype(np.float64)
    if rng.random() < 0.5:  # darker or brighter
        a = rng.uniform(-0.6, 0.6)
        out = scipy.signal.lfilter([1.0, -a], [1.0], out)
    if rng.random() < 0.15:
        out = scipy.signal.sosfilt(
            scipy.signal.butter(2, rng.uniform(60, 250), "high", fs=RATE, output="sos"), out
        )
    if rng.random() < 0.15:
        out = scipy.signal.sosfilt(
            scipy.signal.butter(2, rng.uniform(2500, 8000), "low", fs=RATE, output="sos"), out
        )
    out /= np.abs(out).max() + 1e-9
    if rng.random() < 0.25:
        out = _in_a_room(out, rng)
    if rng.random() < 0.3:
        out = _pressed(out, rng)
    if rng.random() < 0.4:
        drive = rng.uniform(1.0, 6.0)
        out = np.tanh(drive * out) / np.tanh(drive)
    if rng.random() < 0.3:
        out += rng.standard_normal(len(out)) * 10 ** (-rng.uniform(15, 60) / 20) * np.sqrt(np.mean(out ** 2))
    return (rng.uniform(0.3, 0.95) * out / (np.abs(out).max() + 1e-9)).astype(np.float32)


def _in_a_room(out: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """With the tail of a room, 0.2 to 1.5 s to a thousandth."""
    n = int(rng.uniform(0.2, 1.5) * RATE)
    tail = rng.standard_normal(n) * 10.0 ** (-3.0 * np.arange(n) / n)
    wet = scipy.signal.oaconvolve(out, tail)[:len(out)]
    out = out + rng.uniform(0.1, 0.7) * wet / (np.abs(wet).max() + 1e-9)
    return out / (np.abs(out).max() + 1e-9)


def _pressed(out: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Through a compressor: loud moments push down what follows, as records pump."""
    step = RATE // 200
    level = np.sqrt(np.add.reduceat(out ** 2, np.arange(0, len(out), step)) / step)
    release = float(np.exp(-1.0 / (200 * rng.uniform(0.05, 0.4))))
    held = scipy.signal.lfilter([1.0 - release], [1.0, -release], level)
    usual = np.percentile(held, 60) + 1e-6
    gain = np.minimum(1.0, (usual / (held + 1e-6))) ** rng.uniform(0.3, 0.8)
    out = out * np.interp(np.arange(len(out)), np.arange(len(gain)) * step, gain)
    return out / (np.abs(out).max() + 1e-9)

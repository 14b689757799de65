"""Song → Beats and Features, kept on disk under the song's digest."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import soundfile

from dance_core.atomic import replacing
from dance_core.music.beat_net import WEIGHTS
from dance_core.music.beats import Beats
from dance_core.music.byhand import TAPS, ByHand, corrected
from dance_core.music.decode import load_song
from dance_core.music.extract import FEATURE_NAMES, extract_features, feature_rows, with_beats
from dance_core.music.features import Features
from dance_core.music.fitted import CURVES
from dance_core.music.grid_net import GRID_WEIGHTS
from dance_core.music.onsets import hear
from dance_core.music.song import Song
from dance_core.music.taps import beats_from_taps
from dance_core.music.tracker import track_beats
from dance_core.settings import MOTION_FPS, PLAYBACK_RATE, Settings

ANALYSIS_VERSION = 2  # of the cache files' layout; what is in them is versioned by the code itself
_NOT_ANALYSIS = frozenset({"aac.py", "beatfile.py", "byhand.py", "decode.py", "midi.py", "playback.py",
                           "process.py", "sniff.py", "taps.py", "worker.py"})
log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Analysis:
    """What is known about a song: its Beats and its Features."""

    beats: Beats
    features: Features


def analyse(song: Song, settings: Settings | None = None) -> Analysis:
    """Beats and Features of a song, from the cache where the same code has seen it before.

    Cache files lie in settings.cache_dir/analysis, named by digest and code version; a corrupt one
    is made again, and where none can be written (a full disk) the analysis comes back all the same.
    Safe to call from many processes and threads at once.
    """
    settings = settings or Settings.from_env()
    path = cache_path(song, settings)
    found = _read(path, song)
    if found is not None:
        return found
    beats = track_beats(song)
    analysis = Analysis(beats, extract_features(song, beats))
    try:
        _write(path, analysis)
    except OSError as error:
        log.warning("the analysis of a song could not be kept: %s", error)
    return analysis


def set_by_hand(song: Song, found: Analysis, by_hand: ByHand, base: Beats | None = None) -> Analysis:
    """The analysis with the beats that somebody set, and the features' columns that tell of beats.

    Args:
        found: what `analyse` says of the song.
        base: beats of a file, where the corrections are about them.

    Raises UserError where the corrections leave no beats, or none that a person could tap.
    """
    beats = corrected(base if base is not None else base_of(song, found.beats, by_hand), by_hand,
                      song.duration)
    return found if beats is found.beats else Analysis(beats, with_beats(found.features, beats))


def base_of(song: Song, found: Beats, by_hand: ByHand) -> Beats:
    """The beats that corrections count in: the tracked ones, or those that somebody tapped."""
    if by_hand.source != TAPS:
        return found
    return beats_from_taps(by_hand.taps, song.duration, found, hear(song).strength, by_hand.meter)


def cache_path(song: Song, settings: Settings) -> Path:
    """Where the analysis of this song is kept, by this version of the code."""
    return settings.cache_dir / "analysis" / f"{song.digest}-{code_version()}.npz"


@lru_cache(maxsize=1)
def code_version() -> str:
    """Names the analysis: layout version and a hash of this room's code and weights, so that no old result
    survives a change of the tracker or of the features."""
    digest = hashlib.sha256(f"{MOTION_FPS} {ANALYSIS_VERSION}".encode())
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*.py")):
        if path.name not in _NOT_ANALYSIS:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    for path in (WEIGHTS, GRID_WEIGHTS, CURVES):
        digest.update(path.read_bytes())
    return f"v{ANALYSIS_VERSION}-{digest.hexdigest()[:12]}"


def warm_up() -> None:
    """Run the whole chain once on four seconds of noise and clicks, so that nobody waits for it later.

    Brings the libraries of decoder and analysis into memory. Leaves nothing behind.
    """
    rng = np.random.default_rng(0)
    samples = 0.01 * rng.standard_normal(4 * PLAYBACK_RATE)
    for click in np.arange(0.25, 3.9, 0.5):
        start = round(click * PLAYBACK_RATE)
        samples[start:start + 441] += 0.5 * rng.uniform(-1, 1, 441)
    with tempfile.TemporaryDirectory(prefix="dance-warm-") as folder:
        path = Path(folder) / "warm.wav"
        soundfile.write(path, samples.astype(np.float32), PLAYBACK_RATE)
        song = load_song(path, "warm-up", Settings())
    extract_features(song, track_beats(song))


def _write(path: Path, analysis: Analysis) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beats = analysis.beats
    with replacing(path) as part:
        np.savez(part, times=beats.times, bar_position=beats.bar_position,
                 tempo=np.float64(beats.tempo), confidence=np.float64(beats.confidence),
                 beats_per_bar=np.int64(beats.beats_per_bar),
                 metre_confidence=np.float64(beats.metre_confidence), features=analysis.features.values)


def _read(path: Path, song: Song) -> Analysis | None:
    """The kept analysis, or None where there is none or it isn't whole."""
    try:
        # The zip's own checksums find flipped bytes; the nouns check the rest when they are made.
        with np.load(path, allow_pickle=False) as kept:
            beats = Beats(kept["times"], kept["bar_position"], float(kept["tempo"]),
                          float(kept["confidence"]), int(kept["beats_per_bar"]),
                          float(kept["metre_confidence"]))
            features = Features(kept["features"], FEATURE_NAMES, float(MOTION_FPS))
        if len(features) == feature_rows(song):
            return Analysis(beats, features)
    except FileNotFoundError:
        return None
    except Exception:  # flipped bytes can raise anything: zip, zlib, header and noun errors alike
        pass
    log.info("a kept analysis was not whole; it is made again")
    return None

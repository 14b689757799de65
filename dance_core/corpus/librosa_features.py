"""The 35 standard columns of music features as librosa computes them, for comparison with published systems.

Those of EDGE, Lodge and others: at 15,360 Hz with a hop of 512, so 30 rows a second, onset strength, 20 MFCC,
12 CENS chroma, detected onsets, tracked beats (EDGE: data/audio_extraction/baseline_features.py). This
project's own (music.extract) need no librosa, and their onsets and beats stand on the rows where they sound.
"""

from __future__ import annotations

import numpy as np
import soxr

from dance_core.music.extract import HOP, analysis_samples
from dance_core.music.features import Features
from dance_core.music.song import Song
from dance_core.settings import ANALYSIS_RATE

STANDARD = 35  # columns: the first of music.extract.FEATURE_NAMES
_TEMPO_RATE = 22_050  # Hz: librosa's own, at which the tempo that beat tracking starts from is told


def librosa_features(song: Song, own: Features) -> Features:
    """`own` (T, 40) of a song with its first 35 columns as librosa has them; phases and loudness stay."""
    import librosa  # its first calls compile for seconds

    samples = analysis_samples(song)
    envelope = librosa.onset.onset_strength(y=samples, sr=ANALYSIS_RATE, hop_length=HOP)
    slow = soxr.resample(song.samples, song.sample_rate, _TEMPO_RATE, quality="HQ")
    tempo = float(librosa.feature.tempo(y=slow, sr=_TEMPO_RATE)[0])
    onsets = librosa.onset.onset_detect(onset_envelope=envelope, sr=ANALYSIS_RATE, hop_length=HOP)
    _, beats = librosa.beat.beat_track(onset_envelope=envelope, sr=ANALYSIS_RATE, hop_length=HOP,
                                       start_bpm=tempo, tightness=100)
    mfcc = librosa.feature.mfcc(y=samples, sr=ANALYSIS_RATE, n_mfcc=20, hop_length=HOP)
    chroma = librosa.feature.chroma_cens(y=samples, sr=ANALYSIS_RATE, hop_length=HOP, n_chroma=12)
    columns = np.stack([envelope, *mfcc, *chroma, _marked(onsets, len(envelope)),
                        _marked(beats, len(envelope))], -1)
    values = own.values.copy()
    values[:, :STANDARD] = columns[:len(values)]
    return Features(values, own.names, own.fps)


def _marked(rows: np.ndarray, count: int) -> np.ndarray:
    """(count,) 1 on the given rows."""
    out = np.zeros(count, np.float32)
    out[rows] = 1.0
    return out

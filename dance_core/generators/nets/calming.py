"""What is faster than dancers move is taken from a network's rows: it shivers there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import signal

from dance_core.generators.nets import pose_code as pc

HZ = 6.0  # dance has next to nothing above
LEAD = 15  # frames of the past that the filter sees
PAD = 12  # frames that it goes on by itself beyond both ends
_SIX = np.arange(pc.SIX.stop).reshape(-1, 6)
_TRUNK = np.concatenate([_SIX[[0, 3, 6, 9, 12, 15]].ravel(), np.arange(pc.HEIGHT, pc.RATES.stop)])
_ARMS = _SIX[[13, 14, 16, 17, 18, 19, 20, 21]].ravel()  # from collar to wrist


@dataclass(frozen=True)
class Calm:
    """Hz above which nothing is left: in all; in head, spine and root, in the arms, in the fingers, if less.
    """

    every: float = HZ
    trunk: float = HZ
    arms: float = HZ
    fingers: float = HZ

    def of(self, past: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Rows (N, ROW) calmed, the past (P, ROW) known. Contacts stay what they were."""
        lead = np.concatenate([np.repeat(past[:1], LEAD, axis=0), past])[-LEAD:]
        return self.alone(np.concatenate([lead, rows]))[LEAD:]

    def alone(self, rows: np.ndarray) -> np.ndarray:
        """Rows (N, ROW) calmed that nothing lies before. Contacts stay what they were."""
        if len(rows) <= PAD:
            return rows
        calm = _calmed(rows, self.every)
        for columns, hz in ((_TRUNK, self.trunk), (_ARMS, self.arms), (pc.HANDS, self.fingers)):
            if hz < self.every:
                calm[:, columns] = _calmed(rows[:, columns], hz)
        calm[:, pc.CONTACTS] = rows[:, pc.CONTACTS]
        return calm


USUAL = Calm()


@lru_cache(maxsize=8)
def _filter(hz: float) -> np.ndarray:
    return signal.butter(3, hz, fs=30.0, output="sos")


def _calmed(values: np.ndarray, hz: float) -> np.ndarray:
    return signal.sosfiltfilt(_filter(hz), values, axis=0, padlen=PAD)

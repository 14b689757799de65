"""The nouns: a fault that was found, and a kind of fault with its limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dance_core.evaluation.faults.dance import Dance

SEVERE = 0.5  # a fault from this severity on is a severe one


@dataclass(frozen=True)
class Fault:
    """A stretch of a dance in which something is wrong, and what one sees there.

    Attributes:
        kind: key of the kind (registry.KINDS).
        start_s, stop_s: seconds from the dance's first frame.
        severity: 0 (at the limit) to 1; from SEVERE on it is severe. Linear in `value`: 0 at the kind's
            limit, SEVERE at its severe level.
        joint: SMPL-X name of the joint, or of the part ("body", "legs", "arms", "hands", "face").
        value, limit: the worst value in the stretch and what is let go, both in `unit`.
        unit: SI, or centimetres and degrees.
        sentence: what one sees, in plain English.
    """

    kind: str
    start_s: float
    stop_s: float
    severity: float
    joint: str
    value: float
    limit: float
    unit: str
    sentence: str

    @property
    def severe(self) -> bool:
        """Whether a viewer can't miss it."""
        return self.severity >= SEVERE

    def overlaps(self, other: Fault, near_s: float = 0.0) -> bool:
        """Whether both are there at one time, or at most so far apart."""
        return self.start_s < other.stop_s + near_s and other.start_s < self.stop_s + near_s

    def record(self) -> dict[str, Any]:
        """As JSON: times to the millisecond, values to four digits."""
        return {"kind": self.kind, "start_s": round(self.start_s, 3), "stop_s": round(self.stop_s, 3),
                "severity": round(self.severity, 3), "joint": self.joint, "value": float(f"{self.value:.4g}"),
                "limit": float(f"{self.limit:.4g}"), "unit": self.unit, "sentence": self.sentence}


@dataclass(frozen=True)
class Kind:
    """A kind of fault.

    Attributes:
        key, title: "skating", and what people read.
        unit: of value, limit and severe.
        limit: what is let go. severe: from here on a fault is severe.
        measure: what the value is, in a line. source: where limit and definition come from.
        find: all faults of this kind in a dance, in order of time.
    """

    key: str
    title: str
    unit: str
    limit: float
    severe: float
    measure: str
    source: str
    find: Callable[[Dance], list[Fault]]

    def severity(self, value: float, limit: float | None = None) -> float:
        """0 to 1, see Fault.severity; limit: another one than the kind's own (severe moves along)."""
        low = self.limit if limit is None else limit
        high = self.severe * low / self.limit
        return float(min(1.0, max(0.0, SEVERE * (value - low) / (high - low))))

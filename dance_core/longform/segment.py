"""The Segment noun: one stretch of the dance, made by one call of a generator."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Segment:
    """Frames of the dance that one generator request makes.

    Attributes:
        index: 0, 1, 2, … in order.
        start, stop: frames from the dance's first frame, stop not included; start includes the overlap.
        overlap: frames at the beginning that the segment before made too (0 for the first).
        first_bar, last_bar: bars it covers, counted from 0 at the dance's first downbeat; -1 before it.
        fps: frame rate.
    """

    index: int
    start: int
    stop: int
    overlap: int
    first_bar: int
    last_bar: int
    fps: float = 30.0

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop or not 0 <= self.overlap < self.stop - self.start:
            raise ValueError(f"Segment {self.index}: frames {self.start}..{self.stop}, "
                             f"overlap {self.overlap}")

    @property
    def start_seconds(self) -> float:
        """Where it starts, overlap included, seconds from the dance's first frame."""
        return self.start / self.fps

    @property
    def stop_seconds(self) -> float:
        """Where it ends, seconds from the dance's first frame."""
        return self.stop / self.fps

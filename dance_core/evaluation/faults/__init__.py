"""Faults by the second: what is wrong in a dance, where, by how much, and what one sees.

    find_faults(Dance.of_take(take))        every fault, each with kind, seconds, severity, joint, sentence
    find_hints(Dance.of_take(take))         what is no fault, but dull

One file is one kind (`registry` has them all); each says its measure, limit and source in its `Kind`. Numbers
are SI (centimetres and degrees where people think in them) and the same at 30 and 60 frames a second.
"""

from __future__ import annotations

from dance_core.evaluation.faults.dance import Dance
from dance_core.evaluation.faults.fault import SEVERE, Fault, Kind
from dance_core.evaluation.faults.hints import Hint, find_hints
from dance_core.evaluation.faults.registry import KINDS, find_faults, worst_first

__all__ = ["KINDS", "SEVERE", "Dance", "Fault", "Hint", "Kind", "find_faults", "find_hints", "worst_first"]

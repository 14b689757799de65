"""What a learned generator must show, asked of a result."""

from __future__ import annotations

import math
from collections.abc import Mapping

from dance_core.evaluation.criterion import Criterion
from dance_core.evaluation.protocol import Result

_ENOUGH = 5  # real dances among the clips, to be compared with alone


def criteria(result: Result, means: Mapping[str, Mapping[str, float]]) -> list[Criterion]:
    """Every criterion that can be read off a result; `means` by row name and column key.

    What is compared with real dance is compared on the same clips: see `compared`.
    """
    own, (own_name, truth_name) = means[result.generator], compared(result)
    real, like = means[truth_name], means[own_name]
    late = means.get(f"{result.generator}, music half a beat off", {})
    shuffled = means.get(f"{result.generator}, other music", {})
    found = [
        _bound("on the beat", "BAS gain ≥ 0.12", own.get("bas_gain"), low=0.12),
        _pair("music half a beat off", "BAS on the old grid below chance", late.get("bas"),
              late.get("bas_control")),
        _pair("other music", "BAS gain at most a quarter of its own", shuffled.get("bas_gain"),
              0.25 * own["bas_gain"] if "bas_gain" in own else None),
        _ratio("mean joint speed", "0.7 to 1.3 ×", like, real, "speed", 0.7, 1.3),
        _ratio("jerk", "at most 1.5 ×", like, real, "jerk", 0.0, 1.5),
        _ratio("PFC", "at most 2 ×", like, real, "pfc", 0.0, 2.0),
        _pair("low-foot skating", "at most real + 6 points", like.get("low_foot"),
              real["low_foot"] + 0.06 if "low_foot" in real else None, "{:.1%}"),
        _ratio("Div_k", "at least 0.8 ×", like, real, "div_k", 0.8, float("inf")),
        _bound("on time", "≥ 92 %", own.get("on_time"), low=0.92, form="{:.0%}"),
        _pair("hands through the body", "at most real + 3 points", like.get("hands_through"),
              real["hands_through"] + 0.03 if "hands_through" in real else None, "{:.1%}"),
        _per_fault(like.get("seconds_per_fault"), real.get("seconds_per_fault")),
        _bound("style recognised", "≥ 70 %", own.get("style"), low=0.7, form="{:.0%}"),
        _bound("still frames", "< 5 %", own.get("still"), high=0.05, form="{:.1%}"),
        _bound("frame 0 (worst dance)", "≤ 5° from the reference", _worst(result, "reference_deg"), high=5.0),
        _bound("seams (mean)", "≤ 1.5 × the 95th percentile elsewhere", own.get("seam"), high=1.5),
        _ratio("nearest learned second", "at least 0.7 ×", like, real, "nearest", 0.7, float("inf")),
    ]
    swapped = means.get(f"{result.generator}, parts swapped", {})
    return (found + _parts(own, means["ground truth"], swapped) + _long(result) + _locks(result)
            + _pace(result))


def _parts(own: Mapping[str, float], real: Mapping[str, float], swapped: Mapping[str, float]
           ) -> list[Criterion]:
    """Hands and face: asked of who makes them."""
    found = []
    for part in ("hands", "face"):
        if f"{part}_speed" in own:
            together = f"body_{part}"
            found += [_ratio(f"movement of the {part}", "0.6 to 1.5 ×", own, real, f"{part}_speed", 0.6, 1.5),
                      _ratio(f"{part}: swelling with the body", "at least 0.7 ×", own, real, together, 0.7,
                             float("inf")),
                      _pair(f"{part} of another dance", "swells less with the body", swapped.get(together),
                            own.get(together))]
    return found


def compared(result: Result) -> tuple[str, str]:
    """The rows (the generator's, the truth's) in which movement is compared: the clips whose truth is a real
    dance where there are enough of them, else all. Both rows are of the same clips and styles."""
    rows = {r.name: r for r in result.rows}
    own, real = f"{result.generator} (clips of real)", "ground truth (real)"
    if own in rows and real in rows and len(rows[real].entries) >= _ENOUGH:
        return own, real
    return result.generator, "ground truth"


def _bound(name: str, asked: str, value: float | None, low: float = -float("inf"),
           high: float = float("inf"), form: str = "{:.3f}") -> Criterion:
    if value is None:
        return Criterion(name, asked, "", None)
    return Criterion(name, asked, form.format(value), bool(low <= value <= high))


def _pair(name: str, asked: str, value: float | None, limit: float | None,
          form: str = "{:.3f}") -> Criterion:
    if value is None or limit is None:
        return Criterion(name, asked, "", None)
    return Criterion(name, asked, f"{form.format(value)} against {form.format(limit)}", bool(value <= limit))


def _per_fault(own: float | None, real: float | None) -> Criterion:
    """Both in seconds; infinite where there is no fault."""
    name, asked = "seconds per fault", "at least as real"
    if own is None or real is None:
        return Criterion(name, asked, "", None)
    shown = ("none" if math.isinf(s) else f"{s:.1f} s" for s in (own, real))
    return Criterion(name, asked, " against ".join(shown), own >= real)


def _ratio(name: str, asked: str, own: Mapping[str, float], real: Mapping[str, float], key: str, low: float,
           high: float) -> Criterion:
    if key not in own or not real.get(key):
        return Criterion(name, f"{asked} real", "", None)
    ratio = own[key] / real[key]
    return Criterion(name, f"{asked} real", f"{ratio:.2f} ({own[key]:.3g} / {real[key]:.3g})",
                     bool(low <= ratio <= high))


def _worst(result: Result, key: str) -> float | None:
    row = next(r for r in result.rows if r.name == result.generator)
    return max((e.values[key] for e in row.entries if key in e.values), default=None)


def _long(result: Result) -> list[Criterion]:
    dances = result.long.get(result.generator, [])
    if not dances:
        return []
    seconds = dances[0]["seconds"]
    tired = max((d["last_against_first"] for d in dances), key=lambda r: abs(r - 1))
    return [_bound(f"over {seconds:.0f} s: speed of the end / the beginning (worst)", "0.75 to 1.25", tired,
                   0.75, 1.25, "{:.2f}"),
            _bound(f"over {seconds:.0f} s: farthest from the start (worst)", "≤ 1.5 m",
                   max(d["farthest"] for d in dances), high=1.5, form="{:.2f}")]


def _locks(result: Result) -> list[Criterion]:
    locks = result.locks.get(result.generator, [])
    steady = [lock for lock in locks if lock.after != lock.after]
    found = []
    if steady:
        worst = min(steady, key=lambda lock: lock.lock)
        best = max(lock.lock for lock in steady)
        found.append(Criterion("locks at every tempo", "lock ≥ 0.12 and ≥ half of the best",
                               f"{worst.lock:.2f} at {worst.name}, best {best:.2f}",
                               worst.lock >= max(0.12, best / 2)))
    for lock in locks:
        if lock.after == lock.after:
            found.append(_bound(f"locked again, {lock.name}", "≤ 2 s", lock.after, high=2.0, form="{:.1f} s"))
    return found


def _pace(result: Result) -> list[Criterion]:
    pace = result.pace.get(result.generator, {})
    if not pace:
        return []
    return [_bound("speed", "≥ 10 s of dance per second", pace["pace"], low=10.0, form="{:.1f}"),
            _bound("first segment (median)", "≤ 1 s", pace["first"], high=1.0, form="{:.2f} s")]

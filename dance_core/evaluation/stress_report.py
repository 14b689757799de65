"""The stress tests written down: stress.md for people and the model card, stress.json for programs."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path

from dance_core import __version__
from dance_core.atomic import replacing
from dance_core.evaluation.covers import Slope
from dance_core.evaluation.criterion import Criterion
from dance_core.evaluation.making import code_digest
from dance_core.evaluation.stress import Stress
from dance_core.evaluation.unlike import KINDS
from dance_core.evaluation.written import criteria_table, finite, head, line

STRESS_MD, STRESS_JSON = "stress.md", "stress.json"
VERSION = 1
FOLLOWED = 60  # frames: as the card asks of the phase lock
SLOPE = 0.7
LENGTH, DRIFT = 0.03, 0.02
_LEAST_UNLIKE = 0.25  # of what other songs' dances are apart


def criteria(result: Stress) -> list[Criterion]:
    """What is asked, and whether it holds."""
    found = []
    if result.jumps:
        worst = max(result.jumps, key=lambda j: j.frames)
        found.append(Criterion("follows when the tempo jumps (worst jump)", f"≤ {FOLLOWED} frames",
                               f"{_frames(worst.frames)}, {worst.name}", worst.frames <= FOLLOWED))
        heard = [j.name for j in result.jumps if math.isfinite(j.ignoring)]
        found.append(Criterion("dances to songs that do not jump", "never follow",
                               "never" if not heard else f"follow {', '.join(heard)}", not heard))
    if result.slopes:
        _, steps, rests = result.slopes[0]
        for name, one in (("step rate", steps), ("motion beats", rests)):
            known = math.isfinite(one.slope)
            found.append(Criterion(f"slow and fast covers: slope of {name} to tempo", f"≥ {SLOPE:g}",
                                   _slope(one) or "not estimable", one.slope >= SLOPE if known else None))
    rows = {row.name: row for row in result.seeds}
    if result.seeds:
        again, seeds, songs = (rows[kind] for kind in (KINDS[0], KINDS[1], KINDS[3]))
        found.append(Criterion("the same seed again", "0 cm apart", f"{again.cm:.2g} cm", again.cm == 0.0))
        ratio = seeds.cm / songs.cm if songs.pairs and seeds.pairs else math.nan
        if math.isfinite(ratio):
            found.append(Criterion("two seeds' dances to one song: as far apart as to two songs",
                                   f"≥ {_LEAST_UNLIKE:.0%}", f"{ratio:.0%}", ratio >= _LEAST_UNLIKE))
    for row in result.limbs:
        found.append(Criterion(f"limbs before bones are made fit: {row.name}", f"within {LENGTH:.0%}",
                               f"{row.off:+.1%} ({row.limb})", abs(row.off) <= LENGTH))
        found.append(Criterion(f"size over {row.seconds:.0f} s: {row.name}", f"drifts < {DRIFT:.0%}",
                               f"{row.drift:.2%}", row.drift < DRIFT))
    return found


def markdown(result: Stress) -> str:
    """The section for people."""
    a = result.asked
    lines = [f"# {result.title}: stress tests", "",
             f"Songs by the project's songwriter of {a.seconds:g} s, {a.seeds} of each style; their beats "
             "are given exactly. [ ] is the 95 % interval over songs.", ""]
    if result.jumps:
        lines += ["## The tempo jumps", "",
                  *head(["", "dances", "frames until it follows", "on the beat before", "after", "settled",
                         "chance", "after, on the old beats", "chance", "song that does not jump"])]
        for j in result.jumps:
            shares = (j.before, j.after, j.settled, j.chance, j.old, j.old_chance)
            lines.append(line([j.name, str(j.dances), f"{_frames(j.frames)} [{_frames(j.low)}, "
                               f"{_frames(j.high)}]", *map(_share, shares), _frames(j.ignoring)]))
        lines += ["", "On the beat: motion beats within 70 ms of a music beat. Settled: in songs of the new "
                  "tempo. Frames, 30 a second, until the motion beats of all dances together come where "
                  "they come in a beat when settled; the last column: the same of dances to songs that keep "
                  "the old tempo.", ""]
    if result.slopes:
        lines += ["## Slow and fast covers", "",
                  *head(["", "songs", "slope of steps", "steps/s", "slope of motion beats",
                         "motion beats/s"])]
        for name, steps, rests in result.slopes:
            lines.append(line([name, str(steps.songs), _slope(steps), _plain(steps.at_one, ".2f"),
                               _slope(rests), _plain(rests.at_one, ".2f")]))
        rates = ", ".join(f"{r:g}" for r in a.rates)
        lines += ["", f"One song of {a.tempo:g} BPM stretched in time to {rates} times its tempo. Slope of "
                  "the logarithm of the rate over that of the tempo: 1 = the same dance at the music's "
                  "speed, 0 = a pace of its own. Steps: feet that come to stand. Events are counted at "
                  "the pace at which joints move as fast as people's on average: counted at one speed for "
                  "all, what is warped in time would not have slope 1.", ""]
    if result.seeds:
        lines += ["## Seeds", "", *head(["two dances of", "pairs", "joints apart, cm", "kinetic features"])]
        lines += [line([row.name, str(row.pairs), _plain(row.cm, ".2f"), _plain(row.features, ".2f")])
                  for row in result.seeds]
        lines += ["", "Joints: seen from the own pelvis and heading, mean over all frames. Features: root "
                  "mean square, in their spread over all of these dances.", ""]
    if result.limbs:
        lines += ["## Limbs before bones are made fit", "",
                  *head(["", "seconds", "furthest off", "limb", "frames, 95th percentile",
                         "drift of size"])]
        lines += [line([row.name, f"{row.seconds:.0f}", f"{row.off:+.2%}", row.limb, f"{row.frames:.1%}",
                        f"{row.drift:.2%}"]) for row in result.limbs]
        lines += ["", "Against the dancer's own limbs: the median over the dance of the limb that is "
                  "furthest off; single frames; and how far the mean length in any 10 s is from the first "
                  "10 s.", ""]
    lines += [*criteria_table("What is asked", criteria(result)), "",
              f"Code: dance_core {__version__}, evaluation {code_digest(('evaluation',))}, "
              f"{result.generator} {result.made_by}.", ""]
    return "\n".join(lines)


def write(folder: Path, result: Stress) -> tuple[Path, str]:
    """Write both into a folder; the path of the readable one, and its text."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = markdown(result)
    slopes = [{"name": name, "steps": asdict(steps), "motion_beats": asdict(rests)}
              for name, steps, rests in result.slopes]
    told = {"version": VERSION, "generator": result.generator, "asked": asdict(result.asked),
            "made_by": result.made_by, "jumps": [asdict(j) for j in result.jumps], "slopes": slopes,
            "seeds": [asdict(s) for s in result.seeds], "limbs": [asdict(one) for one in result.limbs],
            "criteria": [asdict(c) for c in criteria(result)]}
    text = json.dumps(finite(told), indent=1, ensure_ascii=False)
    for name, content in ((STRESS_JSON, text + "\n"), (STRESS_MD, shown)):
        with replacing(folder / name) as part:
            part.write_text(content, encoding="utf-8")
    return folder / STRESS_MD, shown


def _plain(value: float, form: str) -> str:
    return format(value, form) if math.isfinite(value) else ""


def _share(value: float) -> str:
    return _plain(value, ".0%")


def _frames(value: float) -> str:
    return f"{value:.0f}" if math.isfinite(value) else "never"


def _slope(one: Slope) -> str:
    return f"{one.slope:.2f} [{one.low:.2f}, {one.high:.2f}]" if math.isfinite(one.slope) else ""

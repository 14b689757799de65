"""Why a dance is as it is: how it was asked for, cut, joined, and what the music was taken for."""

from __future__ import annotations

from dance_core.evaluation.faults import KINDS
from dance_core.longform.take import Take
from dance_core.pages.inspect.stage import Opened
from dance_core.study.analysis.words import plain, rows


def why(opened: Opened) -> str:
    """Markdown; user text in it is escaped."""
    take = opened.take
    beats = take.beats
    facts = [
        ["system", plain(take.generator_title)], ["style", plain(take.style)],
        ["first pose", plain(take.pose)], ["seed", str(take.seed)], ["guidance", f"{take.guidance:g}"],
        ["energy", "as the seed has it" if take.energy is None else f"{take.energy:g} of 1"],
        ["frames", f"{len(take.motion)} at {take.motion.fps:g} a second"],
        ["parts", ", ".join(sorted(take.motion.parts))],
        ["beats", f"{len(beats.times)} at {beats.tempo:.1f} BPM, bars of {beats.beats_per_bar}, confidence "
                  f"{beats.confidence:.2f}, {'set by hand' if take.by_hand else 'as they were found'}"],
        ["on the beat", _number(take.alignment.get("music_to_motion"), take.alignment.get("control"))],
        ["made", f"{plain(take.created)}, in {take.timings['total']:.1f} s" if "total" in take.timings
         else plain(take.created)]]
    if take.source is not None:
        told = " ".join([take.source.kind, take.source.skeleton, *take.source.said])
        facts.append(["imported from", f"{plain(take.source.file)}: {plain(told, 400)}"])
    if take.parent:
        facts.append(["mended from", f"{plain(take.parent)}: {plain(take.change)}"])
    parts = [rows(["", ""], facts), _segments(take)]
    kinds = {f.kind for f in opened.entry.faults or ()}
    if kinds:
        parts.append("**How these faults are measured**\n\n" + rows(
            ["kind", "what is measured", "let go", "severe from", "source"],
            [[k.title, k.measure, f"{k.limit:g} {k.unit}", f"{k.severe:g} {k.unit}", k.source]
             for k in KINDS.values() if k.key in kinds]))
    return "\n\n".join(parts).replace("---:", "---")


def _number(score: float | None, control: float | None) -> str:
    if score is None:
        return "not measured when it was made"
    chance = f"; {control:.2f} to beats moved off the music" if control is not None else ""
    return f"{score:.2f} of 1{chance}"


def _segments(take: Take) -> str:
    seams = {s.index: s for s in take.seams}
    body = []
    for s in take.segments:
        seam = seams.get(s.index)
        body.append([str(s.index + 1), f"{s.start_seconds:.2f} – {s.stop_seconds:.2f}",
                     f"{s.first_bar + 1} – {s.last_bar + 1}", seam.method if seam else "",
                     f"{seam.seconds:.2f}" if seam else "", f"{seam.ratio:.2f}" if seam else "",
                     f"{seam.turn_degrees:.1f}" if seam else ""])
    return rows(["segment", "seconds", "bars", "joined", "at, s", "roughness, × the rest", "turned, °"], body)

"""The card of a corpus: what is in it, what is real and what is made, on what terms, measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dance_core.atomic import replacing
from dance_core.corpus.aist_names import read_name
from dance_core.corpus.build import code_version
from dance_core.corpus.choice import WARP
from dance_core.corpus.clips import Clip
from dance_core.corpus.measures import Gain, Measures, mean_of, measure
from dance_core.corpus.pairs import CARD, SPLITS, Corpus
from dance_core.corpus.plan import THREES, Order, load_clips, shelves
from dance_core.corpus.songs import DEBIAN_LICENCE, STUDIO_LICENCE
from dance_core.corpus.terms import not_shippable

_COLUMNS = ("minutes", "speed m/s", "jerk m/s³ (6 Hz)", "acceleration p99 m/s²", "low-foot skating",
            "sole in the floor p99 cm", "farthest m", "BAS gain")


def write_card(folder: str | Path, order: Order, gain: Gain | None = None) -> Path:
    """Write card.md into a built corpus; returns its path.

    gain: measures how well a dance's beats fall on the music's, above chance; without it that column is
    empty.
    """
    corpus = Corpus.open(folder)
    parts = [_head(corpus, order), _made_of(corpus, order), _minutes(corpus), _measured(corpus, order, gain),
             _held_out(corpus, order), _left_out(order), _refused(order), _terms(corpus, order)]
    path = Path(folder) / CARD
    with replacing(path) as part:
        part.write_text("\n\n".join(p for p in parts if p) + "\n", encoding="utf-8")
    return path


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _head(corpus: Corpus, order: Order) -> str:
    hours = corpus.seconds() / 3600
    text = (f"# Corpus of {hours:.2f} hours: {len(corpus.rows)} pairs of music and dance\n\n"
            f"Made by `python -m dance_core corpus build --hours {order.hours:g} --seed {order.seed}` "
            f"(code {code_version()}).")
    if not order.has_real:
        text += "\n\nThere were no real dances when it was built: **the Studio alone is this corpus.**"
    return text


def _made_of(corpus: Corpus, order: Order) -> str:
    lines = ["## What is real and what is made", "",
             "- Studio dances are made: moves by rule, on the music's beats, with body, hands and face.",
             "- Studio songs are made, and their beats are known exactly. Debian's songs are real music by "
             "Kenta Cho; their beats are the tracker's, as for a visitor's song.",
             f"- Of the time, {' and '.join(f'{share:.0%} in {m}' for m, share in THREES.items())} is meant, "
             f"and here are {_in_three(corpus)} (a beat of 6/8 is a dotted quarter, two of them a bar); all "
             "other Studio songs are in 4/4. Nothing recorded was laid on music in 3/4 or 6/8, because the "
             "recorded dances go in fours: its dances are all the Studio's, half of them waltz."]
    if order.has_real:
        lines.insert(3, (
            "- Real dances are recorded bodies, cut into phrases of 4 or 8 counts at lows of the body's "
            f"speed, warped in time by {WARP[0]:g} to {WARP[1]:g} onto the music's beats, joined where pose "
            "and speed are alike, half of them mirrored, feet planted again; not danced to this music. "
            "Their **hands and faces are laid on by rule**; nothing of them was recorded."))
    if order.features == "librosa":
        lines.append("- The 35 standard columns of the music are librosa's, for comparison with published "
                     "systems; its beats are tracked, those of the phases and of the dances are as above.")
    return "\n".join(lines)


def _in_three(corpus: Corpus) -> str:
    seconds: dict[str, float] = dict.fromkeys(THREES, 0.0)
    for row in corpus.rows:
        metre = str(corpus.pair(row.id).provenance.get("metre", "")) if row.song_kind == "studio" else ""
        if metre in seconds:
            seconds[metre] += row.seconds
    return " and ".join(f"{s / 60:.1f} minutes in {metre}" for metre, s in seconds.items())


def _minutes(corpus: Corpus) -> str:
    table: dict[tuple[str, str, str], dict[str, float]] = defaultdict(lambda: dict.fromkeys(SPLITS, 0.0))
    for row in corpus.rows:
        table[row.dance_kind, row.style, row.song_kind][row.split] += row.seconds / 60
    total = {s: sum(v[s] for v in table.values()) for s in SPLITS}
    rows = [(*key, *(f"{of[s]:.1f}" for s in SPLITS))
            for key, of in [*sorted(table.items()), (("all", "", ""), total)]]
    return "## Minutes\n\n" + _table(("dance", "style", "song", *SPLITS), rows)


def _measured(corpus: Corpus, order: Order, gain: Gain | None) -> str:
    groups: dict[str, list[Measures]] = defaultdict(list)
    for clip in load_clips(order).clips:
        groups[f"recorded: {clip.style}"].append(measure(clip.motion))
    for row in corpus.rows:
        pair = corpus.pair(row.id)
        of = f"{row.dance_kind}: {row.style}" if row.dance_kind == "real" else "studio"
        groups[f"pairs, {of}"].append(measure(pair.motion, pair.beats, gain))
    rows = [(name, *_numbers(mean_of(many))) for name, many in sorted(groups.items(), reverse=True)]
    return ("## Measured\n\nThe recordings as they came, and the pairs made of them. BAS gain: alignment of "
            "the body's rests with the music's beats, minus that with beats moved by parts of a beat.\n\n"
            + _table(("", *_COLUMNS), rows))


def _numbers(m: Measures) -> tuple[str, ...]:
    gain = "" if m.gain != m.gain else f"{m.gain:.3f}"
    return (f"{m.seconds / 60:.1f}", f"{m.speed:.2f}", f"{m.jerk:.0f}", f"{m.sharpest:.0f}",
            f"{100 * m.skate:.1f} %", f"{100 * m.sunk:.1f}", f"{m.strayed:.1f}", gain)


def _held_out(corpus: Corpus, order: Order) -> str:
    held = shelves(load_clips(order).clips)
    rows = [(split, family, ", ".join(sorted({c.group for c in clips})))
            for (split, family), clips in sorted(held.items()) if split != "train"]
    text = ("## Held out\n\nSplits are by song and by source dance: no song and no recorded dance (its "
            "copies, parts and partner count as one) is in two of them. The Studio's dances of val and test "
            "are other routines to other songs, of the same vocabulary of moves.")
    text += _official(corpus, held)
    return text + ("\n\n" + _table(("split", "family", "dances"), rows) if rows else "")


def _official(corpus: Corpus, held: Mapping[tuple[str, str], Sequence[Clip]]) -> str:
    """How many AIST++ dances of each kind are in each split, and how many of them its pairs have."""
    kinds = ("official test sequences", "others to the music of these", "to other music")
    danced = {(row.split, name) for row in corpus.rows for name in row.dances}
    here: dict[tuple[str, str], set[str]] = defaultdict(set)
    used: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (split, _), clips in held.items():
        for clip in clips:
            told = read_name(clip.name)
            if told:
                kind = kinds[0 if told.official_test else 1 if told.split else 2]
                here[kind, split].add(clip.identity)
                if (split, clip.name) in danced:
                    used[kind, split].add(clip.identity)
    rows = [(kind, *(f"{len(here[kind, s])} ({len(used[kind, s])})" for s in SPLITS)) for kind in kinds]
    if not any(here.values()):
        return ""
    return ("\n\nAIST++'s dances by their names, copies and parts counted once (in brackets: those of which "
            "there is something in the pairs):\n\n" + _table(("AIST++ dances", *SPLITS), rows))


def _left_out(order: Order) -> str:
    rows = [(c.name, f"{c.motion.duration:.1f}", ", ".join(c.marks))
            for c in load_clips(order).clips if not c.arrangeable]
    return "" if not rows else ("## Measured, not arranged\n\nNo pair has anything of these.\n\n"
                                + _table(("dance", "s", "what it is"), rows))


def _refused(order: Order) -> str:
    refused = load_clips(order).refused
    return "" if not refused else "## Refused\n\n" + "\n".join(f"- {r.name}: {r.reason}" for r in refused)


def _terms(corpus: Corpus, order: Order) -> str:
    used = {d for row in corpus.rows for d in row.dances}
    kinds = {row.song_kind for row in corpus.rows}
    clips = [c for c in load_clips(order).clips if c.name in used]
    lines = [f"- {licence}: {line or '(no line is given with the files)'}"
             for licence, line in sorted({(c.licence, c.attribution) for c in clips})]
    lines += [f"- Studio songs: {STUDIO_LICENCE}"] if "studio" in kinds else []
    lines += [f"- Debian songs: {DEBIAN_LICENCE}"] if "debian" in kinds else []
    bad = not_shippable(c.licence for c in clips)
    may = ("**Weights that learned from this corpus may not be shipped**: for dances in it the terms are "
           f"{', '.join(bad)}." if bad else "Weights that learned from this corpus may be shipped.")
    return f"## Terms, and the lines to quote\n\n{may}\n\n" + "\n".join(lines)

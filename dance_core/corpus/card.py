"""The card of a corpus: what is in it, what is real and what is made, on what terms, measured."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from dance_core.atomic import replacing
from dance_core.corpus.build import Order, code_version, load_clips
from dance_core.corpus.pairs import CARD, SPLITS, Corpus


def write_card(folder: str | Path, order: Order) -> Path:
    """Write card.md into a built corpus; returns its path."""
    corpus = Corpus.open(folder)
    text = "\n\n".join([_head(corpus, order), _hours(corpus), _terms(corpus, order)]) + "\n"
    path = Path(folder) / CARD
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8")
    return path


def _head(corpus: Corpus, order: Order) -> str:
    hours = corpus.seconds() / 3600
    real = "" if order.dances else (
        "\n\nThere were no real dances when this corpus was built: **the Studio alone is the corpus.**")
    return (f"# Corpus of {hours:.2f} hours, {len(corpus.rows)} pairs of music and dance\n\n"
            f"Made by `python -m dance_core corpus build --hours {order.hours:g} --seed {order.seed}`, "
            f"code {code_version()}.{real}")


def _hours(corpus: Corpus) -> str:
    table: dict[tuple[str, str, str], dict[str, float]] = defaultdict(lambda: dict.fromkeys(SPLITS, 0.0))
    for row in corpus.rows:
        table[row.dance_kind, row.style, row.song_kind][row.split] += row.seconds / 60
    lines = ["## Minutes", "", "| dance | style | song | train | val | test |", "|---|---|---|---|---|---|"]
    for key, split in sorted(table.items()):
        lines.append(f"| {' | '.join(key)} | " + " | ".join(f"{split[s]:.1f}" for s in SPLITS) + " |")
    total = [sum(v[s] for v in table.values()) for s in SPLITS]
    lines.append("| all | | | " + " | ".join(f"{t:.1f}" for t in total) + " |")
    return "\n".join(lines)


def _terms(corpus: Corpus, order: Order) -> str:
    used = {d for row in corpus.rows for d in row.dances}
    terms = sorted({(c.licence, c.attribution) for c in load_clips(order.dances).clips if c.name in used})
    lines = ["## Terms", ""]
    lines += [f"- {licence}: {line}" for licence, line in terms]
    return "\n".join(lines)

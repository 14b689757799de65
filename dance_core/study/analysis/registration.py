"""What a pre-registration says of a study, from its design alone."""

from __future__ import annotations

from dance_core.study.analysis.estimates import USUAL
from dance_core.study.analysis.words import QUESTIONS, count, listed, percent
from dance_core.study.design import Design

_BLOCKS = {"preference": "overall preference between two dances to one song",
           "quality": "quality of movement without sound", "match": "match to the music",
           "mismatch": "a dance to the song that is heard against one to another song",
           "single": "single dances on scales from 1 to 5"}


def paragraph(design: Design, places: int) -> str:
    """A paragraph: what is compared, by whom, what is excluded, how it is analysed."""
    blocks = []
    for b in design.blocks:
        asked = f" ({listed([QUESTIONS.get(q, q).lower() for q in b.ask])})" if b.ask else ""
        blocks.append(f"{count(b.trials, 'trial')} on {_BLOCKS[b.kind]}{asked}")
    order = "in an order of blocks that is balanced over raters" if design.shuffle_blocks else "in this order"
    rule = "kept apart" if design.unfinished == "exclude" else "counted"
    phones = {"off": "There is no headphone check.",
              "ask": "A headphone check (Woods et al., 2017) is recorded and excludes nobody.",
              "required": "Whoever fails a headphone check (Woods et al., 2017) twice does not take part."}
    return (
        f"{count(len(design.systems), 'system')} ({listed([s.name for s in design.systems])}) dance to "
        f"{count(len(design.materials), 'excerpt')} of {design.clip_seconds:g} s. {count(places, 'rater')} "
        f"see {listed(blocks)}, {order}; trials within a block, sides and pairs come from a balanced plan "
        f"that is made before the study (seed {design.seed}). An answer is taken after "
        f"{percent(design.watch_fraction)} of a clip was played. Of "
        f"{count(design.checks, 'attention check')} {design.allowed_misses} may be missed; answers of raters "
        f"who miss more are excluded. {phones[design.headphones]} Answers of raters who do not finish are "
        f"{rule}, whether or not somebody takes their place. Strengths are fitted with the Bradley–Terry "
        f"model with ties (Davidson, 1970) and a side effect; {percent(USUAL.level)} intervals and p-values "
        f"are from {USUAL.resamples:,} resamples of raters (bootstrap-t), adjusted within each question "
        "(Holm, 1979); a difference is called shown below p = .05 (adjusted). Raters who stand out "
        "are flagged, and the result without them is given beside it.")

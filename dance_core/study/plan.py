"""Who sees what: a balanced plan, the same for the same design and seed.

Every place (one rater's list of trials) is dealt from decks. A deck holds each item of a block once, in an
order of chance in which the pairs of systems alternate; the next deck is opened only when the last one is
empty. So over the whole plan, and nearly so at any time before its end, items are seen equally often: counts
differ by at most 1. Sides alternate from one showing of an item to the next; what is left over by odd counts
is turned so that every pair of systems, and every system, is on the left as often as on the right, or once
more (an Eulerian orientation).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from dance_core.study.design import PAIRED, Design

Clip = tuple[int, int]  # number of the system, number of the material


@dataclass(frozen=True)
class Trial:
    """What is shown and asked at once.

    Attributes:
        kind: a kind of design.KINDS, "check" or "practice".
        left, right: the dances, right None for single ones.
        material: number of the music that is heard (of the style, where nothing is).
        expect: the answer that a check asks for, -2 or 2; else None.
    """

    kind: str
    left: Clip
    right: Clip | None
    material: int
    expect: int | None = None


@dataclass(frozen=True)
class Place:
    """All that one rater sees, in order, and what is tried before."""

    trials: tuple[Trial, ...]
    practice: Trial | None = None


@dataclass(frozen=True)
class _Item:
    """Something to be seen equally often: two dances (or one), and the music."""

    first: Clip
    second: Clip | None
    material: int
    group: tuple[object, ...]  # what should be spread evenly over raters, and be balanced in itself


def make_plan(design: Design) -> tuple[Place, ...]:
    """The places of a study, `design.raters` of them."""
    blocks: list[list[list[Trial]]] = [[] for _ in range(design.raters)]  # place → blocks → trials
    for block in design.blocks:
        rng = random.Random(f"{design.seed}/{block.kind}")
        items = _items(design, block.kind, rng)
        dealt = _deal(items, design.raters, block.trials, rng)
        turned = _turned(items, dealt, rng) if block.kind != "single" else None
        for place, numbers in enumerate(dealt):
            trials = [_trial(block.kind, items[n], turned is not None and turned[place, n]) for n in numbers]
            rng.shuffle(trials)
            blocks[place].append(trials)
    if design.shuffle_blocks:
        _shuffled(blocks, random.Random(f"{design.seed}/order"))
    hands = [[trial for block in mine for trial in block] for mine in blocks]
    rng = random.Random(f"{design.seed}/checks")
    pairs = _items(design, "preference", rng) or _items(design, "single", rng)
    return tuple(Place(tuple(_with_checks(design, place, trials, pairs, rng)),
                       _practice(design, trials, pairs, rng)) for place, trials in enumerate(hands))


def foils_in_another_style(design: Design) -> list[str]:
    """Keys of materials whose mismatched dances are of another style: style alone gives those away."""
    styles: dict[str, set[str]] = defaultdict(set)
    for material in design.materials:
        styles[material.style].add(material.key)
    if all(block.kind != "mismatch" for block in design.blocks):
        return []
    return [f"{m.key} ({m.style})" for m in design.materials if not styles[m.style] - {m.key}]


def _shuffled(blocks: list[list[list[Trial]]], rng: random.Random) -> None:
    """Another order of the blocks for each place: each is first, second … equally often, or once more."""
    kinds = len(blocks[0]) if blocks else 0
    decks: list[list[int]] = []
    for mine in blocks:
        if not decks:
            start = list(range(kinds))
            rng.shuffle(start)
            decks = [start[k:] + start[:k] for k in range(kinds)]
            rng.shuffle(decks)
        order = decks.pop()
        mine[:] = [mine[k] for k in order]


def _items(design: Design, kind: str, rng: random.Random) -> list[_Item]:
    systems, materials = range(len(design.systems)), list(enumerate(design.materials))
    if kind in PAIRED:
        return [_Item((a, m), (b, m), m, (a, b)) for a, b in combinations(systems, 2) for m, _ in materials]
    if kind == "single":
        return [_Item((s, m), None, m, (s,)) for s in systems for m, _ in materials]
    found = []
    for m, material in materials:
        others = [n for n, other in materials if other.key != material.key]
        near = [n for n in others if design.materials[n].style == material.style]
        rng.shuffle(choice := near or others)
        found += [_Item((s, m), (s, choice[s % len(choice)]), m, (s,)) for s in systems]
    return found


def _deal(items: Sequence[_Item], raters: int, trials: int, rng: random.Random) -> list[list[int]]:
    """For each place the numbers of its items, none twice. Needs trials <= len(items)."""
    dealt, deck = [], []
    for _ in range(raters):
        hand: list[int] = []
        while len(hand) < trials:
            if not deck:
                deck = _deck(items, rng)
            # A deck that was opened for this hand may hold what the end of the last one gave already.
            hand.append(deck.pop(next(i for i, n in enumerate(deck) if n not in hand)))
        dealt.append(hand)
    return dealt


def _deck(items: Sequence[_Item], rng: random.Random) -> list[int]:
    """Every item once; the groups take turns."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for n, item in enumerate(items):
        groups[item.group].append(n)
    piles = list(groups.values())
    rng.shuffle(piles)
    for pile in piles:
        rng.shuffle(pile)
    deck = []
    while any(piles):
        deck += [pile.pop() for pile in piles if pile]
    return deck


def _turned(items: Sequence[_Item], dealt: Sequence[Sequence[int]], rng: random.Random) \
        -> dict[tuple[int, int], bool]:
    """(place, item) → whether the item's second dance is on the left."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, hand in enumerate(dealt):
        for n in hand:
            places[n].append(place)
    odd: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for n in range(len(items)):
        if len(places[n]) % 2:
            odd[items[n].group].append(n)
    start = {n: rng.random() < 0.5 for n in range(len(items))}
    lone = [group for group, numbers in odd.items() if len(numbers) % 2]
    first = _oriented(lone, rng)
    for group, numbers in odd.items():
        side = first.get(group, rng.random() < 0.5)
        for k, n in enumerate(numbers):
            start[n] = side ^ bool(k % 2)
    return {(place, n): start[n] ^ bool(k % 2) for n, seen in places.items() for k, place in enumerate(seen)}


def _oriented(groups: Sequence[tuple[object, ...]], rng: random.Random) -> dict[tuple[object, ...], bool]:
    """Groups as edges (a, b) between systems, each turned (True: b left) so that at every system the edges in
    and out differ by at most 1: trails through the edges, those at systems of odd degree first. Groups of one
    system (mismatched music) have no other end and simply take turns.
    """
    if not groups or len(groups[0]) == 1:
        side = rng.random() < 0.5
        return {group: side ^ bool(k % 2) for k, group in enumerate(groups)}
    left = {group: group for group in groups}
    turned: dict[tuple[object, ...], bool] = {}
    while left:
        degree: dict[object, int] = defaultdict(int)
        for a, b in left:
            degree[a] += 1
            degree[b] += 1
        here = next((s for s, d in degree.items() if d % 2), next(iter(degree)))
        while edge := next((e for e in left if here in e), None):
            turned[edge] = edge[1] == here  # the trail leaves from the left side
            here = edge[0] if edge[1] == here else edge[1]
            del left[edge]
    return turned


def _trial(kind: str, item: _Item, turned: bool) -> Trial:
    if item.second is not None and turned:
        return Trial(kind, item.second, item.first, item.material)
    return Trial(kind, item.first, item.second, item.material)


def _with_checks(design: Design, place: int, trials: list[Trial], pairs: Sequence[_Item],
                 rng: random.Random) -> list[Trial]:
    """The trials with the checks spread among them, never at the very beginning; their sides take turns."""
    made = list(trials)
    spots = sorted(max(1, round((i + rng.uniform(0.7, 1.3)) * len(trials) / (design.checks + 1)))
                   for i in range(design.checks))
    for i, spot in reversed(list(enumerate(spots))):
        item = rng.choice(pairs)
        side = (place + i) % 2
        made.insert(spot, Trial("check", *_ends(item, side), item.material, 2 if side else -2))
    return made


def _practice(design: Design, trials: Sequence[Trial], pairs: Sequence[_Item],
              rng: random.Random) -> Trial | None:
    """Two dances that this rater does not see again, if there are such."""
    if not design.practice:
        return None
    seen = {clip for t in trials for clip in (t.left, t.right)}
    fresh = [p for p in pairs if not {p.first, p.second} & seen]
    unlike = [p for p in pairs if {p.first, p.second} not in [{t.left, t.right} for t in trials]]
    item = rng.choice(fresh or unlike or list(pairs))
    return Trial("practice", *_ends(item, rng.random() < 0.5), item.material)


def _ends(item: _Item, turned: object) -> tuple[Clip, Clip | None]:
    return (item.second, item.first) if turned and item.second is not None else (item.first, item.second)

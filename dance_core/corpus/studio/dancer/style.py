"""What makes a style look like itself before any move is danced: posture, bounce, attack, face."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """Defaults of a style's dancer. Angles in degrees, distances in metres, times in counts.

    Attributes:
        title: what people read.
        low: how far the hips sink in the basic stance.
        lean: how far the trunk bows forward.
        bounce, nod: depth of the knees' bounce and of the head's nod on each beat.
        up_beat: True: the body rises on the beat (house, waack); False: it drops on it (hip-hop).
        sharp: 0 a soft swing, 1 a hit of the bounce.
        attack: how long a key's move takes when the move does not say; short = hits.
        stretch: how much of the rest before a key's move becomes its preparation, 0 to 1.
        snap: 1 even moves; more: slow to start and quick to arrive.
        flow: 0 joints rest at each key, 1 they flow through.
        lag: how much the far ends of the limbs drag behind, seconds.
        arm_speed: the fastest turn of an arm, rad/s; a longer way is begun earlier or cut short.
        arm, hand: how the arms hang when a move does not use them.
        faces: mood in calm music and in loud music.
        step_lift: how high feet are lifted in steps.
        bar: counts of a bar that its moves are written in, 4 or 3.
        hurried: counts a minute above which moves that need time are left out.
    """

    title: str
    low: float = 0.03
    lean: float = 4.0
    bounce: float = 0.035
    nod: float = 5.0
    up_beat: bool = False
    sharp: float = 0.3
    attack: float = 0.5
    stretch: float = 0.65
    snap: float = 1.25
    flow: float = 0.3
    lag: float = 0.05
    arm_speed: float = 10.0
    arm: str = "loose"
    hand: str = "relaxed"
    faces: tuple[str, str] = ("calm", "smile")
    step_lift: float = 0.06
    bar: int = 4
    hurried: float = 125.0


def style_title(key: str) -> str:
    """What people read for a style key; the key itself where a generator has a style of its own."""
    return STYLES[key].title if key in STYLES else OTHER_TITLES.get(key, key)


def style_key(name: str) -> str:
    """The key of a style by its key or its title, whatever the case; what is neither comes back as it is."""
    titles = {s.title.casefold(): key for key, s in STYLES.items()}
    titles |= {title.casefold(): key for key, title in OTHER_TITLES.items()}
    titles |= {key.casefold(): key for key in (*STYLES, *OTHER_TITLES)}
    return titles.get(name.strip().casefold(), name)


# styles that only generators know which learned from recorded dances: the dancer has no moves for them
OTHER_TITLES = {"salsa": "Salsa", "party": "Party", "modern": "Modern"}


STYLES: dict[str, Style] = {
    "gBR": Style(
        "Break",
        low=0.05,
        lean=10,
        bounce=0.05,
        sharp=0.4,
        attack=0.45,
        arm="loose",
        hand="relaxed",
        faces=("cool", "grin"),
        step_lift=0.08,
    ),
    "gPO": Style(
        "Pop",
        low=0.025,
        lean=3,
        bounce=0.02,
        nod=3,
        sharp=0.8,
        attack=0.22,
        stretch=0.9,
        snap=1.2,
        flow=0.0,
        lag=0.0,
        arm="loose",
        hand="flat",
        faces=("cool", "focus"),
        step_lift=0.04,
    ),
    "gLO": Style(
        "Lock",
        arm_speed=12.0,
        low=0.03,
        lean=5,
        bounce=0.045,
        nod=5,
        sharp=0.5,
        attack=0.3,
        flow=0.1,
        lag=0.02,
        arm="loose",
        hand="fist",
        faces=("smile", "joy"),
    ),
    "gMH": Style(
        "Middle Hip-hop",
        low=0.045,
        lean=8,
        bounce=0.06,
        nod=9,
        sharp=0.4,
        attack=0.5,
        flow=0.3,
        faces=("cool", "smile"),
    ),
    "gLH": Style(
        "LA Hip-hop",
        stretch=0.85,
        low=0.035,
        lean=6,
        bounce=0.045,
        nod=6,
        sharp=0.6,
        attack=0.35,
        flow=0.15,
        faces=("cool", "fierce"),
    ),
    "gHO": Style(
        "House",
        low=0.03,
        lean=6,
        bounce=0.04,
        nod=4,
        up_beat=True,
        sharp=0.1,
        attack=0.5,
        flow=0.6,
        lag=0.06,
        faces=("calm", "joy"),
    ),
    "gWA": Style(
        "Waack",
        arm_speed=12.5,
        low=0.01,
        lean=0,
        bounce=0.025,
        nod=2,
        up_beat=True,
        sharp=0.2,
        attack=0.4,
        flow=0.35,
        arm="rest",
        hand="soft",
        faces=("smile", "kiss"),
    ),
    "gKR": Style(
        "Krump",
        low=0.08,
        lean=12,
        bounce=0.07,
        nod=7,
        sharp=0.8,
        attack=0.3,
        flow=0.05,
        lag=0.03,
        arm="guard",
        hand="fist",
        faces=("focus", "roar"),
        step_lift=0.14,
    ),
    "gJS": Style(
        "Street Jazz",
        stretch=0.85,
        low=0.015,
        lean=2,
        bounce=0.03,
        nod=4,
        sharp=0.3,
        attack=0.4,
        flow=0.35,
        arm="rest",
        hand="soft",
        faces=("cool", "smile"),
    ),
    "gJB": Style(
        "Ballet Jazz",
        stretch=0.85,
        low=0.0,
        lean=0,
        bounce=0.012,
        nod=1,
        sharp=0.0,
        attack=1.1,
        flow=0.7,
        lag=0.09,
        arm="rest",
        hand="soft",
        faces=("tender", "tender"),
        step_lift=0.05,
    ),
    "waltz": Style(
        "Waltz",
        stretch=0.85,
        low=0.012,
        lean=3,
        bounce=0.004,
        nod=0.5,
        sharp=0.0,
        attack=0.95,
        flow=0.55,
        lag=0.07,
        arm="rest",
        hand="soft",
        faces=("tender", "smile"),
        step_lift=0.05,
        bar=3,
        hurried=170.0,
    ),
}

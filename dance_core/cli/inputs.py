"""What people name on the command line: a song, a generator, a style, a pose, numbers."""

from __future__ import annotations

import argparse
import difflib
import math
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:  # numpy and what hangs on it are loaded by the commands that need them
    import numpy as np

    from dance_core.corpus.studio.demo import DemoSong
    from dance_core.generators.base import Generator, Needs
    from dance_core.motion.camera import View
    from dance_core.motion.motion import Motion
    from dance_core.music.song import Song
    from dance_core.serving.local import LocalEngine
    from dance_core.serving.remote import RemoteEngine

_NUMBER = r"[+-]?(?:[0-9]{1,6}(?:\.[0-9]*)?|\.[0-9]+)"
_FARTHEST_M = 1_000.0


def whole_number(text: str) -> int:
    """A seed: 0 <= n < 2**63."""
    if not re.fullmatch(r"[0-9]{1,19}", text) or int(text) >= 2**63:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 to 2**63 - 1")
    return int(text)


def seconds(text: str) -> float:
    """A time: finite, from 0."""
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]*)?|\.[0-9]+", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return float(text)


def count(text: str) -> int:
    """A number of things: 1 to 1000."""
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1000")
    return int(text)


def energy(text: str) -> float:
    """How lively to dance: calm, usual, lively, or 0 to 1."""
    from dance_core.generators.base import ENERGIES

    if text in ENERGIES:
        return ENERGIES[text]
    if not re.fullmatch(_NUMBER, text) or not 0.0 <= float(text) <= 1.0:
        raise argparse.ArgumentTypeError(f"{text!r} is not {', '.join(ENERGIES)} or a number from 0 to 1")
    return float(text)


def parts(text: str) -> frozenset[str]:
    """Parts of a dance: one or two of body, hands, face, with commas between."""
    named = frozenset(part.strip().casefold() for part in text.split(","))
    if not named < {"body", "hands", "face"}:
        raise argparse.ArgumentTypeError(f"{text!r} is not one or two of body, hands, face, with commas")
    return named


def song(text: str, settings: Settings, title: str | None = None) -> Song:
    """The song of a file, or the demo song of that title. Raises UserError.

    What people should know of how the file was read goes to stderr.
    """
    from dance_core.music.decode import load_song

    path = Path(text)
    if path.is_file():
        found = load_song(path, title=title, settings=settings)
        for note in found.notes:
            print(note, file=sys.stderr)
        return found
    if demo := _demo(text):
        return load_song(demo.path, title=demo.title, settings=settings)
    if path.is_dir():
        raise UserError(f"{path.name!r} is a folder, not a song.")
    titles = ", ".join(demo.title for demo in demo_songs())
    raise UserError(f"There is no file {text!r}, and no demo song of that title (there are: {titles}).")


def demo_songs() -> list[DemoSong]:
    """The songs that the app ships."""
    from dance_core.corpus.studio import demo

    return demo.demo_songs()


def _demo(text: str) -> DemoSong | None:
    """The demo song of that title, capitals aside."""
    return {demo.title.casefold(): demo for demo in demo_songs()}.get(text.casefold())


def engine(settings: Settings) -> LocalEngine | RemoteEngine:
    """The engine that the settings ask for. Raises UserError."""
    from dance_core.serving.opening import open_engine

    return open_engine(settings, _registry)


def _registry() -> dict[str, Generator]:
    from dance_core.generators import registry

    return registry()


def generator(name: str | None) -> Generator:
    """The generator of that name in this process; for None the default one. Raises UserError."""
    there = _registry()
    return there[chosen([g.needs for g in there.values()], name).name]


def chosen(there: Sequence[Needs], name: str | None, remakes: bool = False) -> Needs:
    """What the generator of that name says of itself; for None the default one's. Raises UserError.

    remakes: for None the first that can keep parts of a dance, if there is one.
    """
    if name is not None:
        key = _pick("generator", name, {n.name: n.name for n in there})
        return next(n for n in there if n.name == key)
    return next((n for n in there if n.remakes_parts or not remakes), there[0])


def style(text: str | None, known: Iterable[str], song: str = "") -> str:
    """The style's key, from its key or its title. Raises UserError with all there are.

    For None: the style that `song` was written in, if that is the title of a demo song, else the first.
    """
    titles = style_titles(known)
    if text is not None:
        return _pick("style", text, titles)
    demo = None if Path(song).is_file() else _demo(song)
    return demo.style if demo is not None and demo.style in titles else next(iter(titles))


def style_titles(known: Iterable[str]) -> dict[str, str]:
    """Key to title, in order."""
    from dance_core.corpus.studio.dancer import style_title

    return {key: style_title(key) for key in known}


def pose(text: str | None) -> tuple[str, Motion]:
    """What goes into the Take, and one frame: a gallery pose by name, or a frame of a motion file
    (a.npz:120).

    The first gallery pose for None. Raises UserError.
    """
    from dance_core.corpus.studio.gallery import gallery
    from dance_core.motion.reading import ENDINGS, read_frame

    endings = "|".join(e.removeprefix(".") for e in ENDINGS)
    if match := re.fullmatch(rf"(.+\.(?:{endings}))(?::([0-9]{{1,9}}))?", text or "",
                             re.IGNORECASE | re.DOTALL):
        path, frame = Path(match[1]), int(match[2] or 0)
        if not path.is_file():
            raise UserError(f"There is no pose file {path.name!r}.")
        motion, said = read_frame(path, frame)
        for sentence in said:
            print(sentence, file=sys.stderr)
        return "upload", motion
    key = pose_key(text)
    return f"preset:{key}", gallery()[key].motion


def pose_key(text: str | None) -> str:
    """Key of a gallery pose, from its key or its title; of the first one for None. Raises UserError."""
    from dance_core.corpus.studio.gallery import gallery

    poses = gallery()
    return next(iter(poses)) if text is None else _pick("pose", text, {n: p.title for n, p in poses.items()})


def build(text: str | None) -> np.ndarray | None:
    """Betas (10,) of a build by its name, or of numbers between commas; None for None. Raises UserError."""
    if text is None:
        return None
    from dance_core.motion import shape

    if re.fullmatch(r"[-+0-9.,\s]+", text):
        words = [word.strip() for word in text.split(",")]
        if wrong := [word for word in words if not re.fullmatch(_NUMBER, word)]:
            raise UserError(f"{wrong[0]!r} is no number; betas are numbers between commas: 1,0,2.5")
        return shape.checked([float(word) for word in words])
    return shape.build_named(_pick("build", text, {name: name for name in shape.BUILDS}))


def photo(path: Path, mirrored: bool) -> tuple[str, Motion, str]:
    """What goes into the Take, the pose of who is in a photo, and what is to be said. Raises UserError."""
    from dance_core.sight.photo import PHOTO, read_photo
    from dance_core.sight.picture import check_bytes

    if not path.is_file():
        raise UserError(f"There is no photo {path.name!r}.")
    check_bytes(path.stat().st_size)
    found = read_photo(path.read_bytes(), mirrored)
    return PHOTO, found.standing(), found.said


def camera(text: str) -> View:
    """A view: front, follow, or seven numbers between commas (see the command export). Raises UserError."""
    from dance_core.motion.camera import VIEWS, Camera

    if text.casefold() in VIEWS:
        return text.casefold()
    numbers = [float(part) for part in text.split(",") if re.fullmatch(_NUMBER, part.strip())]
    if len(numbers) != 7 or text.count(",") != 6:
        raise UserError(f"The camera {text!r} is neither {' nor '.join(VIEWS)}, nor 7 numbers with commas: "
                        "x,y,z of its place and of what it looks at (m), and its angle (degrees).")
    eye, target, angle = numbers[:3], numbers[3:6], numbers[6]
    if max(map(abs, numbers[:6])) > _FARTHEST_M:
        raise UserError(f"The camera reaches {max(map(abs, numbers[:6])):g} m; at most {_FARTHEST_M:g} are "
                        "allowed.")
    if (away := math.dist(eye, target)) < 0.01:
        raise UserError(f"The camera stands {away:g} m from what it looks at: at least 0.01 are needed.")
    if not 1 <= angle <= 120:
        raise UserError(f"The camera's angle is {angle:g} degrees, but 1 to 120 are allowed.")
    return Camera((eye[0], eye[1], eye[2]), (target[0], target[1], target[2]), angle)


def _pick(kind: str, text: str, titles: dict[str, str]) -> str:
    """The key whose key or title is `text`, capitals aside."""
    names = {t.casefold(): key for key, t in titles.items()} | {key.casefold(): key for key in titles}
    if text.casefold() in names:
        return names[text.casefold()]
    near = difflib.get_close_matches(text.casefold(), names, 1)
    hint = f" Did you mean {names[near[0]]}?" if near else ""
    there = ", ".join(key if key == t else f"{key} ({t})" for key, t in titles.items())
    raise UserError(f"There is no {kind} {text!r}.{hint} There are: {there}.")

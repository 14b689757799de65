"""Find the dances nearest to a song, or how well a dance fits its own song among others.

The vectors of a learned module are compared (music-motion retrieval, part of SoulNet). What is said is an
order or a rank among songs: the module's opinion, which may be wrong.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli import beatoptions, inputs
from dance_core.cli.terminal import printable, progress, table
from dance_core.errors import UserError
from dance_core.settings import Settings

if TYPE_CHECKING:
    import numpy as np

    from dance_core.corpus.pairs import Corpus
    from dance_core.generators.soulnet.mmr import Mmr
    from dance_core.generators.soulnet.search import Candidate, Fit
    from dance_core.longform.take import Take
    from dance_core.motion.motion import Motion

NAME = "search"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("song", metavar="SONG", nargs="?", help="a file, or the title of a demo song")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--in", dest="takes", metavar="DIR", type=Path,
                       help="search a folder of dances, as the command dance keeps them (default: those "
                            "that the app has kept)")
    where.add_argument("--corpus", metavar="DIR", type=Path, help="search the dances of a corpus")
    where.add_argument("--take", metavar="DIR", type=Path, nargs="+",
                       help="instead of a search: the rank of each dance's own song among known songs")
    parser.add_argument("--top", metavar="N", type=inputs.count, default=10, help="how many (default 10)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    beatoptions.options(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if (args.take is None) == (args.song is None):
        raise UserError("Either a SONG or --take DIR is expected, and not both.")
    if args.song is not None and args.takes is None and args.corpus is None:
        args.takes = settings.takes_dir
        if not any(settings.takes_dir.glob("*/take.json")):
            raise UserError("The app has kept no dances yet. Where to search is missing: --in DIR (a folder "
                            "of dances) or --corpus DIR.")
    from dance_core.generators.nets.one_thread import one_thread
    from dance_core.generators.soulnet.mmr import load_mmr

    with one_thread():
        mmr = load_mmr()
        return _fits(args, mmr, settings) if args.song is None else _search(args, mmr, settings)


def _search(args: argparse.Namespace, mmr: Mmr, settings: Settings) -> int:
    from dance_core.generators.soulnet.search import nearest

    song = inputs.song(args.song, settings)
    features = beatoptions.analysed(args, song, settings)[0].features
    dances, left_out = (_of_corpus(mmr, args.corpus, settings) if args.takes is None
                        else _of_takes(mmr, args.takes))
    hits = nearest(mmr, features, dances)[:args.top]
    if args.json:
        print(json.dumps({"song": song.title, "pool": len(dances), "left_out": left_out, "dances": [
            {"rank": i, "name": h.name, "about": h.about, "start_s": round(h.start, 1),
             "similarity": round(h.similarity, 4)} for i, h in enumerate(hits, 1)]}, ensure_ascii=False))
        return 0
    print(f"{printable(song.title)}: the nearest of {len(dances)} dances, and where in the song each is best "
          "begun\n")
    print(table([("dance", "about", "from s", "rank"),
                 *((printable(h.name), printable(h.about), f"{h.start:.1f}", str(i))
                   for i, h in enumerate(hits, 1))]))
    for name in left_out:
        print(f"left out: {printable(name)}")
    return 0


def _of_takes(mmr: Mmr, folder: Path) -> tuple[list[Candidate], list[str]]:
    """The dances in a folder's folders; what could not be read, and why."""
    from dance_core.generators.soulnet.search import gather
    from dance_core.longform.take import load_take

    if not folder.is_dir():
        raise UserError(f"There is no folder {folder.name!r}.")
    left_out: list[str] = []

    def read() -> Iterator[tuple[str, str, Motion]]:
        for path in sorted(p.parent for p in folder.glob("*/take.json")):
            try:
                take = load_take(path)
            except UserError as error:
                left_out.append(f"{path.name} ({error})")
                continue
            yield path.name, f"{take.style}, made for {take.title[:40]}", take.motion

    dances, short = gather(mmr, read())
    if not dances and not short and not left_out:
        raise UserError(f"The folder {folder.name!r} holds no dances: folders with take.json were expected.")
    return dances, left_out + [f"{name} (shorter than {mmr.clip / 30.0:g} s)" for name in short]


def _of_corpus(mmr: Mmr, folder: Path, settings: Settings) -> tuple[list[Candidate], list[str]]:
    """The dances of a corpus; their vectors are kept, because reading them all takes a while."""
    from dance_core.corpus.pairs import Corpus
    from dance_core.generators.soulnet.search import Candidate, gather

    corpus = Corpus.open(folder)
    kept = _kept(corpus, settings)
    about = {r.id: f"{r.style}, {r.split}, made for {r.song}" for r in corpus.rows}
    known = _read_kept(kept)
    if known is None:
        with progress("Reading dances", "dances") as bar:
            def read() -> Iterator[tuple[str, str, Motion]]:
                for i, row in enumerate(corpus.rows):
                    bar.update(i, len(corpus.rows))
                    yield row.id, "", corpus.pair(row.id).motion

            found, _ = gather(mmr, read())
        known = {d.name: d.clips for d in found}
        _keep(kept, known)
    dances = [Candidate(name, about[name], clips) for name, clips in known.items() if name in about]
    return dances, [f"{i} (shorter than {mmr.clip / 30.0:g} s)" for i in about if i not in known]


def _kept(corpus: Corpus, settings: Settings) -> Path:
    """Where the vectors of this corpus by these weights are kept."""
    import hashlib

    from dance_core.corpus.pairs import INDEX
    from dance_core.generators.soulnet.mmr import NAME as WEIGHTS_NAME
    from dance_core.generators.soulnet.mmr import WEIGHTS

    name = hashlib.sha256((corpus.folder / INDEX).read_bytes())
    name.update((WEIGHTS / f"{WEIGHTS_NAME}.safetensors").read_bytes())
    return settings.cache_dir / "search" / f"{name.hexdigest()[:32]}.npz"


def _read_kept(path: Path) -> dict[str, np.ndarray] | None:
    import zipfile

    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None  # not there, or damaged: made again


def _keep(path: Path, known: dict[str, np.ndarray]) -> None:
    import contextlib

    import numpy as np

    from dance_core.atomic import replacing

    with contextlib.suppress(OSError):  # a full disk only costs the time next time
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part, open(part, "xb") as file:
            np.savez(file, allow_pickle=False, **known)


def _fits(args: argparse.Namespace, mmr: Mmr, settings: Settings) -> int:
    from dance_core.generators.soulnet.search import known_songs
    from dance_core.longform.take import load_take

    told: list[tuple[Path, Take, Fit | None]] = []
    for folder in args.take:
        take = load_take(folder)
        told.append((folder, take, _fit(mmr, folder, take, settings)))
    if args.json:
        print(json.dumps([{"take": folder.name, "song": take.title,
                           **({"rank": fit.rank, "of": fit.of, "seconds": fit.seconds,
                               "nearest_other": fit.nearest} if fit else {"rank": None})}
                          for folder, take, fit in told], ensure_ascii=False))
        return 0
    print(f"How near its own song is to each dance, among {len(known_songs())} songs that the module has "
          "not learned from; a dance to any music would be in the middle\n")
    print(table([("dance", "song", "rank", "nearest other"),
                 *((printable(folder.name), printable(take.title)[:40],
                    f"{fit.rank} of {fit.of}" if fit else f"shorter than {mmr.clip / 30.0:g} s",
                    printable(fit.nearest) if fit else "") for folder, take, fit in told)]))
    return 0


def _fit(mmr: Mmr, folder: Path, take: Take, settings: Settings) -> Fit | None:
    from dance_core.generators.soulnet.search import fit, known_songs
    from dance_core.longform.take import SONG
    from dance_core.music.analysis import analyse
    from dance_core.music.decode import load_song
    from dance_core.music.extract import with_beats

    path = folder / SONG
    if not path.is_file():
        raise UserError(f"The dance {folder.name!r} was kept without its song ({SONG}), so there is "
                        "nothing to compare it with.")
    features = analyse(load_song(path, settings=settings), settings).features
    if take.by_hand:
        features = with_beats(features, take.beats)
    return fit(mmr, take.motion, features, known_songs().without(take.title, take.song_digest))

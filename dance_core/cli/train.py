"""Train a learned generator on a corpus, or the beat tracker; interrupted, it goes on where it was."""

from __future__ import annotations

import argparse
import functools
import json
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dance_core.cli.terminal import Stages, printable, whole_file
from dance_core.errors import UserError
from dance_core.settings import ASSETS, MOTION_FPS, Settings
from dance_core.threads import free_cores

if TYPE_CHECKING:
    from dance_core.corpus.pairs import Corpus

NAME = "train"
CLAIM = "training.json"  # what the checkpoints in a folder are of
_OF_DANCES = ("reading", "coding", "val", "train", "pieces")  # ends of stages that count dances, or pieces


def options(parser: argparse.ArgumentParser) -> None:
    """See `python -m dance_core train --help`."""
    parser.add_argument("system", choices=["jepa", "soulnet", "hotdance", "beats"],
                        help="which generator, or the beat tracker")
    parser.add_argument("--corpus", type=Path, metavar="DIR",
                        help="made by `python -m dance_core corpus build`; of beats: where pieces are kept, "
                             "and made if they aren't there")
    parser.add_argument("--midi", type=Path, metavar="DIR",
                        help="for beats: folder of the Groove and Freedoom MIDI files (../shared/data/midi)")
    parser.add_argument("--flat", action="store_true",
                        help="hotdance in two dimensions: the corpus as cameras see it, --clips, or both")
    parser.add_argument("--clips", type=Path, metavar="DIR",
                        help="with --flat: made by `python -m dance_core corpus video`")
    parser.add_argument("--config", default="small", choices=["small", "paper", "tiny"],
                        help="small is what is shipped (default)")
    parser.add_argument("--out", type=Path, metavar="DIR",
                        help="checkpoints, logs, weights (default: assets/weights/SYSTEM)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--devices", default="auto", help="how many GPUs, where there are any (default: all)")
    parser.add_argument("--threads", type=int, default=0, metavar="N",
                        help="CPU threads (default: as many as there are cores that nobody else keeps busy)")
    parser.add_argument("--ablations", nargs="?", const="parts", choices=["parts", "codec"],
                        help="instead: the world model, the masked transformer, or the diffusion transformer "
                             "without each of its parts, shortly; of soulnet also `codec`: its codec and "
                             "simpler ones, alike; prints a table")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Train; 0 when the weights are written."""
    from dance_core.corpus.pairs import Corpus
    from dance_core.corpus.terms import not_shippable

    if args.flat or args.clips is not None:
        return _flat(args)
    if args.corpus is None:
        raise UserError("A corpus is needed (--corpus DIR); python -m dance_core corpus build makes one.")
    if args.system == "beats":
        return _beats(args)
    train, ablate = _system(args.system, args.ablations)
    corpus = Corpus.open(args.corpus)
    if args.ablations and args.out is None:
        raise UserError("The ablations need a folder of their own: --out DIR.")
    out = args.out or ASSETS / "weights" / args.system
    bad = not_shippable(corpus.licences())
    if bad and out.resolve().is_relative_to(ASSETS.resolve()):
        raise UserError(f"{len(bad)} of the terms of this corpus ({', '.join(bad)}) allow no weights to be "
                        "shipped, and assets/ is what is shipped: choose another folder with --out DIR.")
    _claim(out, system=args.system, config=args.config, seed=args.seed, ablations=args.ablations or "",
           corpus=_index_of(corpus))
    shown = _Shown()
    try:
        said = (ablate if args.ablations else train)(
            corpus, args.config, out, seed=args.seed, progress=shown, devices=args.devices,
            threads=args.threads or free_cores())
    finally:
        shown.close()
    _not_to_be_shipped(out, bad)
    print(said if args.ablations else out)
    return 0


def _index_of(corpus: Corpus) -> str:
    """Which corpus it is, by its index."""
    from dance_core.corpus.pairs import INDEX

    return f"{zlib.crc32((corpus.folder / INDEX).read_bytes()):08x}"


def _claim(out: Path, **told: object) -> None:
    """Write down whose checkpoints FOLDER has. UserError where it has those of another training."""
    path = out / CLAIM
    if path.exists() and any(out.rglob("*.ckpt")):
        was = json.loads(path.read_text(encoding="utf-8"))
        other = [f"{k} {was.get(k)!r} instead of {v!r}" for k, v in told.items() if was.get(k) != v]
        if other:
            raise UserError(f"{out} holds the checkpoints of another training ({', '.join(other)}): choose "
                            "another folder with --out, or remove them (*.ckpt).")
    out.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as part:
        part.write_text(json.dumps(told, indent=1), encoding="utf-8")


def _not_to_be_shipped(out: Path, terms: list[str]) -> None:
    """Say so beside the weights, where there are such terms."""
    if terms:
        with whole_file(out / "NOT-TO-BE-SHIPPED.txt") as part:
            part.write_text("These weights learned from dances whose terms allow no weights to be shipped: "
                            f"{', '.join(terms)}.\n", encoding="utf-8")


def _flat(args: argparse.Namespace) -> int:
    """HOT-dance in two dimensions; 0 when the weights are written."""
    from dance_core.corpus.pairs import Corpus
    from dance_core.corpus.terms import not_shippable

    if args.system != "hotdance" or not args.flat or args.ablations:
        raise UserError("Two dimensions are learned by `train hotdance --flat` alone, without --ablations; "
                        "--clips belong to it.")
    if args.out is None or args.out.resolve().is_relative_to(ASSETS.resolve()):
        raise UserError("Weights of two dimensions need a folder of their own: --out DIR, not in assets.")
    corpus = Corpus.open(args.corpus) if args.corpus is not None else None
    from dance_core.generators.hotdance.flat_train import train_flat

    _claim(args.out, system="hotdance --flat", config=args.config, seed=args.seed,
           corpus="" if corpus is None else _index_of(corpus),
           clips="" if args.clips is None else str(args.clips.resolve()))
    shown = _Shown()
    try:
        unused = train_flat(corpus, args.clips, args.config, args.out, seed=args.seed, progress=shown,
                            devices=args.devices, threads=args.threads or free_cores())
    finally:
        shown.close()
    if unused:
        from dance_core.corpus.videos import LEAST

        some = ", ".join(unused[:10]) + " …" * (len(unused) > 10)
        print(printable(f"{len(unused)} clips have no sound, or less than {LEAST / MOTION_FPS:.1f} s, so "
                        f"nothing was learned from them: {some}"), file=sys.stderr)
    bad = not_shippable(corpus.licences()) if corpus is not None else []
    _not_to_be_shipped(args.out, bad + ["the videos' own"] * (args.clips is not None))
    print(args.out)
    return 0


def _beats(args: argparse.Namespace) -> int:
    """The beat tracker, from nothing to its card."""
    from dance_core.beatnet.system import train_beats

    if args.ablations:
        raise UserError("The beat tracker has no ablations: its card says how right it is by kind.")
    out = args.out or ASSETS / "weights" / args.system
    shown = _Shown("pieces")
    try:
        train_beats(args.corpus, args.midi, args.config, out, args.seed, args.threads or 1, shown)
    finally:
        shown.close()
    print(out)
    return 0


def _system(name: str, ablations: str | None) -> tuple[Callable[..., object], Callable[..., str]]:
    """How a system is trained, and its ablations."""
    if ablations == "codec" and name != "soulnet":
        raise UserError(f"--ablations codec is for soulnet, not for {name}.")
    if name == "soulnet":
        from dance_core.generators.soulnet.masked_ablations import ablate

        masked = functools.partial(ablate, weights=ASSETS / "weights" / name)
        return _train_soulnet, _compare_codecs if ablations == "codec" else masked
    if name == "hotdance":
        from dance_core.generators.hotdance.dit_ablations import ablate as ablate_dit

        return _train_hotdance, functools.partial(ablate_dit, weights=ASSETS / "weights" / name)
    from dance_core.generators.jepa.ablations import ablate as ablate_world
    from dance_core.generators.jepa.train import train as train_jepa

    return train_jepa, ablate_world


def _train_soulnet(corpus: Corpus, name: str, folder: Path, **how: object) -> None:
    """All stages; and what its codec keeps of held-out dances, in FOLDER/codec.md."""
    from dance_core.evaluation.reconstruction import reconstructed
    from dance_core.generators.soulnet.stages import train

    train(corpus, name, folder, **how)
    with whole_file(folder / "codec.md") as part:
        part.write_text(reconstructed({"HRVQ": folder}, corpus), encoding="utf-8")


def _train_hotdance(corpus: Corpus, name: str, folder: Path, **how: object) -> None:
    """All stages; and what its codec of pose images keeps of held-out dances, in FOLDER/image_codec.md."""
    from dance_core.evaluation.pose_images import images_told
    from dance_core.generators.hotdance.dit_train import train

    train(corpus, name, folder, **how)
    with whole_file(folder / "image_codec.md") as part:
        part.write_text(images_told({name: folder}, corpus), encoding="utf-8")


def _compare_codecs(corpus: Corpus, name: str, folder: Path, **how: object) -> str:
    """The codec and simpler ones of the same size, trained alike and shortly; FOLDER/codec.md is returned."""
    from dance_core.evaluation.reconstruction import reconstructed
    from dance_core.generators.soulnet.codec_train import train_kinds

    folders = train_kinds(corpus, name, folder, **how)
    text = reconstructed({kind.upper(): own for kind, own in folders.items()}, corpus)
    with whole_file(folder / "codec.md") as part:
        part.write_text(text, encoding="utf-8")
    return text


class _Shown:
    """A bar for each stage, and a line of numbers whenever held-out dances or pieces were judged."""

    def __init__(self, counted: str = "dances") -> None:
        self._bars, self._counted = Stages(), counted

    def __call__(self, stage: str, done: int, total: int, numbers: dict[str, float]) -> None:
        self._bars(stage, done, total, self._counted if stage.endswith(_OF_DANCES) else "steps")
        if any(name.startswith("val") for name in numbers):
            told = "  ".join(f"{name} {value:.3g}" for name, value in numbers.items())
            print(f"\r{stage} {done}/{total}: {told}", file=sys.stderr)

    def close(self) -> None:
        self._bars.close()

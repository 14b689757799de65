"""Every limit and path, once, overridable from the environment.

A setting `max_upload_mb` is read from `DANCE_MAX_UPLOAD_MB`. Values are checked when read;
a bad one stops the program with a sentence that names the variable.
"""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass, field
from pathlib import Path

from dance_core.address import Public, read_frames, read_hosts, read_networks
from dance_core.errors import UserError

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"

MOTION_FPS = 30  # one frame rate inside: the field's usual one for generation
ANALYSIS_RATE = 15_360  # Hz; with a hop of 512 samples it gives exactly 30 feature frames a second
SCHEDULES = ("auto", "stream", "waves")  # see Settings.schedule
PRECISIONS = ("float32", "bfloat16")  # see Settings.precision
SHORTEST_PASSWORD = 12  # characters; a shorter one could be guessed in spite of every throttle
PAGES = ("dance", "rate", "results", "inspect")  # what DANCE_PAGES may name
PLAYBACK_RATE = 44_100  # Hz; a Song's own rate: most uploads need no resampling


@dataclass(frozen=True)
class Settings:
    """Limits and paths. Made by `Settings.from_env()`; tests build their own."""

    data_dir: Path = ROOT / "data"  # takes, cached analyses, uploads, the vote book

    smplx: Path = ASSETS / "body" / "SMPLX_NEUTRAL.npz"  # the drawn body; or your licensed SMPL-X file

    # what a song may be
    min_seconds: float = 3.0
    max_seconds: float = 600.0
    max_upload_mb: float = 50.0
    min_sample_rate: int = 8_000
    max_sample_rate: int = 192_000
    max_channels: int = 8
    silence_dbfs: float = -60.0  # a song whose loudest 50 ms stay below this is silent
    decode_timeout_s: float = 60.0
    decode_memory_mb: int = 2_048

    # the app
    host: str = "127.0.0.1"
    port: int = 7860
    public_url: str = ""  # where visitors find the app, if a proxy stands before it
    proxies: str = ""  # addresses and networks whose X-Forwarded-… headers are believed
    hosts: str = ""  # names that the app answers to; "": see pages/front.py
    frames: str = ""  # pages of other origins that may show the app in a frame; "": none
    pages: str = ""  # which of PAGES there are, between commas; "": all
    max_waiting: int = 32  # visitors in the queue before a new one is asked to come back
    max_running: int = 8  # dances made at the same time
    memory_mb: float = 0.0  # for the app, its processes and the dances that are being made; 0: any amount
    visitor_messages: float = 1_200.0  # that one visitor's address may send in a minute; 0: any number
    visitor_upload_mb: float = 1_000.0  # that one visitor's address may upload in an hour; 0: any amount
    keep_hours: float = 24.0  # uploads and takes of visitors are deleted after this
    disk_budget_mb: float = 4_096.0  # for everything under data_dir but the vote book

    # where generators run
    engine: str = "local"  # in this process, or the address of a host: http://host:port
    engine_token: str = field(default="", repr=False)  # what that host wants to hear
    workers: int = -1  # processes that make dances; 0: this one alone; -1: a core each, without a GPU

    precision: str = "float32"  # on a GPU, of generators that stay within about 1 cm in bfloat16, on average
    compile: int = 0  # 1: the same generators as compiled graphs, on a GPU

    # generation
    generator: str = ""  # chosen at first on the page; empty: the best that is shipped
    segment_bars: int = 4
    schedule: str = "auto"  # stream, waves (where a generator can), or auto: waves where a GPU makes them
    blend_seconds: float = 1.0  # segments overlap by this much; the smoothest way over within it is taken
    centre_pull: float = 0.0  # m that each blended seam brings the dancer back towards the stage's centre
    batch_window_ms: float = 5.0
    max_batch: int = 16
    batch_ahead_s: float = 12.0  # what is played later than this after the most urgent request waits

    # the vote book
    max_comment: int = 2_000

    # the Results and Inspect pages: without a password there are none; the app's own text never shows it
    researcher_password: str = field(default="", repr=False)
    inspect: str = ""  # folders of dances that Inspect shows besides, with : between (; on Windows)

    @property
    def takes_dir(self) -> Path:
        """Finished dances, a folder each."""
        return self.data_dir / "takes"

    @property
    def cache_dir(self) -> Path:
        """What can be computed again: analyses of songs."""
        return self.data_dir / "cache"

    @property
    def web_dir(self) -> Path:
        """Uploads, and files that visitors' browsers fetch."""
        return self.data_dir / "web"

    @property
    def votes_csv(self) -> Path:
        """The vote book."""
        return self.data_dir / "votes" / "votes.csv"

    @property
    def studies_dir(self) -> Path:
        """Studies that were made, a folder each; never swept."""
        return self.data_dir / "studies"

    @property
    def mended_dir(self) -> Path:
        """Dances that were mended on the Inspect page, a folder each; never swept."""
        return self.data_dir / "inspect" / "mended"

    @property
    def imported_dir(self) -> Path:
        """Dances that were brought in there, each in a folder in that of its system; never swept."""
        return self.data_dir / "inspect" / "imported"

    @property
    def cases_dir(self) -> Path:
        """Moments that were marked there, a folder each; never swept."""
        return self.data_dir / "inspect" / "cases"

    def shows(self, page: str) -> bool:
        """Whether there is a page of this name."""
        return not self.pages.strip() or page in {name.strip() for name in self.pages.split(",")}

    @property
    def dances(self) -> bool:
        """Whether a page makes dances, so that generators are needed."""
        return self.shows("dance") or bool(self.researcher_password) and self.shows("inspect")

    def link(self, page: str) -> str:
        """The address of a page as people open it; from the root on where DANCE_PUBLIC_URL says nothing."""
        public = Public.read(self.public_url)
        return public.link(page) if public else f"/{page}"

    @classmethod
    def from_env(cls, environ: dict[str, str] | None = None) -> "Settings":
        """Read `DANCE_*` variables. Raises UserError that names a variable it can't use."""
        environ = dict(os.environ) if environ is None else environ
        changes: dict[str, object] = {}
        for f in dataclasses.fields(cls):
            text = environ.get(f"DANCE_{f.name.upper()}")
            if text is None:
                continue
            kind = type(f.default)
            try:
                changes[f.name] = Path(text).expanduser() if isinstance(f.default, Path) else kind(text)
            except ValueError:
                raise UserError(
                    f"DANCE_{f.name.upper()} is {text!r}, but a number was expected."
                ) from None
        password = changes.get("researcher_password", "")
        if isinstance(password, str) and 0 < len(password) < SHORTEST_PASSWORD:
            raise UserError(f"DANCE_RESEARCHER_PASSWORD has {len(password)} characters, at least "
                            f"{SHORTEST_PASSWORD} are wanted.")
        if changes.get("schedule", "auto") not in SCHEDULES:
            raise UserError(f"DANCE_SCHEDULE is {changes['schedule']!r}, but one of {', '.join(SCHEDULES)} "
                            "was expected.")
        if changes.get("precision", "float32") not in PRECISIONS:
            raise UserError(f"DANCE_PRECISION is {changes['precision']!r}, but one of "
                            f"{', '.join(PRECISIONS)} was expected.")
        if changes.get("compile", 0) not in (0, 1):
            raise UserError(f"DANCE_COMPILE is {changes['compile']}, but 0 or 1 was expected.")
        named = {name.strip() for name in str(changes.get("pages", "")).split(",")} - {""}
        if odd := sorted(named - set(PAGES)):
            raise UserError(f"DANCE_PAGES has {odd[0][:40]!r}, but some of {', '.join(PAGES)} were expected.")
        settings = cls(**changes)  # type: ignore[arg-type]
        Public.read(settings.public_url), read_networks(settings.proxies), read_hosts(settings.hosts)
        read_frames(settings.frames)
        return settings

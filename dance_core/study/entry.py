"""Who may come in: which ids are ids, which are invited, and how many come from one address.

    any      whoever has an id
    list     ids that the researcher gave: only their hashes are kept (`allowed`, 0600)
    signed   links that `study links` made: the id comes with a signature that only this study's salt makes
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlencode

from dance_core.atomic import replacing
from dance_core.errors import UserError
from dance_core.study.state import State

ALLOWED = "allowed"  # in the study's folder
SIGNATURE = "sig"  # parameter of the address
WAYS = ("any", "list", "signed")
_LONGEST = 200
_SIGNS = 20  # hex digits of a signature
# What stands in an address whose platform filled nothing in: {{%PROLIFIC_PID%}}, ${e://Field/PID}, [ID] …
_PLACEHOLDER = re.compile(r"[{}<>\[\]$%]|…|\.\.\.|PROLIFIC_PID|SESSION_ID|STUDY_ID|^(?:null|undefined|none)$",
                          re.IGNORECASE)


@dataclass(frozen=True)
class Visit:
    """What a page says when it is opened; nothing of it is trusted.

    Attributes:
        person: the id in the address.
        session, platform: the platform's ids of this submission and of its study ("" where there are none).
        signature: of a signed link.
        secret: of this browser; whoever deletes must have it.
        address: of the machine, from the server.
        lang: that the link names or the browser wishes, the first one best: "de-AT,en".
    """

    person: str
    session: str = ""
    platform: str = ""
    signature: str = ""
    secret: str = ""
    address: str = ""
    lang: str = ""


def placeholder(text: str) -> bool:
    """Whether this is what stands in an address before a platform fills it in: nobody's id."""
    return _PLACEHOLDER.search(unquote(text.strip())) is not None


def read_id(text: object) -> str:
    """An id as it came in an address. "" where it is none: nothing, a placeholder, too long, unprintable."""
    if not isinstance(text, str):
        return ""
    text = text.strip()
    if not 0 < len(text) <= _LONGEST or not text.isprintable() or placeholder(text):
        return ""
    return text


def sign(state: State, study: str, person: str) -> str:
    """The signature of a person's link."""
    return state.hash(f"link\0{study}", person)[:_SIGNS]


def invited(state: State, study: str, folder: Path, way: str, visit: Visit, rater: str) -> bool:
    """Whether this person may come in, by the study's way."""
    if way == "list":
        return rater in read_allowed(folder)
    return way != "signed" or hmac.compare_digest(sign(state, study, visit.person).encode(),
                                                  visit.signature.encode("utf-8", "replace"))


def read_allowed(folder: Path) -> frozenset[str]:
    """Hashes of the people who are on the list; nobody where there is no list."""
    path = folder / ALLOWED
    return frozenset(path.read_text(encoding="ascii").split()) if path.is_file() else frozenset()


def allow(state: State, study: str, folder: Path, people: Iterable[str]) -> int:
    """Put people on the list; how many are on it now."""
    known = read_allowed(folder) | {state.hash(study, person) for person in people}
    with replacing(folder / ALLOWED) as part:
        part.touch(mode=0o600)
        part.write_text("".join(f"{name}\n" for name in sorted(known)), encoding="ascii")
    return len(known)


def read_ids(path: Path) -> list[str]:
    """Ids of a text file, one a line; of a CSV, its first cells. Raises UserError."""
    if not path.is_file():
        raise UserError(f"There is no file {path.name!r}.")
    if path.stat().st_size > 1 << 24:
        size = path.stat().st_size / 2**20
        raise UserError(f"The file {path.name!r} is {size:.0f} MB long, at most 16 MB are read.")
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    cells = [re.split(r"[,;\t]", line)[0].strip().strip('"') for line in lines if line.strip()]
    found = list(dict.fromkeys(filter(None, map(read_id, cells))))
    if not found:
        raise UserError(f"The file {path.name!r} holds no id: one a line is expected.")
    return found


def links(state: State, study: str, base: str, parameter: str, people: Sequence[str] = (),
          count: int = 0) -> list[str]:
    """Signed addresses, of these people or of `count` new ones. base: of the Rate page, without a query."""
    people = [*people, *(secrets.token_hex(8) for _ in range(count))]
    return [f"{base}?{urlencode({'study': study, parameter: p, SIGNATURE: sign(state, study, p)})}"
            for p in people]


def named(query: Mapping[str, object], name: str) -> str:
    """A parameter of the address as text, cut to what an id may be."""
    value = query.get(name)
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""

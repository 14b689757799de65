"""`python -m dance_core`: the command line."""

import sys

from dance_core.cli import main

sys.exit(main())

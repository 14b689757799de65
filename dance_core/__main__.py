"""`python -m dance_core`: the command line."""

import sys

try:
    from dance_core import threads

    threads.set_up()  # before anything that loads NumPy or torch
    from dance_core.cli import main

    sys.exit(main())
except KeyboardInterrupt:  # before `main` could say so itself
    sys.exit(130)

"""The program `foldin`."""

import signal
import sys
from typing import NoReturn

from ._foldin import run_program


def main() -> NoReturn:
    """Runs the program with the arguments of the process, and ends it with the program's exit status."""
    # Python would answer Ctrl-C only after the program has returned. A closed pipe is ignored as a signal here, as in
    # the program built without Python, and ends it without a message.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(run_program(sys.argv[1:]))


if __name__ == "__main__":
    main()

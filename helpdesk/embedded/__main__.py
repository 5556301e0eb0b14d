"""`python -m helpdesk.embedded`: what `./waratah run` and `manage.py up` become."""

import sys
from argparse import ArgumentParser

from helpdesk.embedded.desk import run_desk
from helpdesk.embedded.failures import CannotStart
from helpdesk.embedded.supervising import signals_as_interrupts
from helpdesk.embedded.wishes import add_options, wishes


def main() -> int:
    """Run the desk until it is interrupted; return the exit code: 1 when it could not run."""
    parser = ArgumentParser(
        prog="./waratah run", description="Start the whole desk on this machine; Ctrl-C stops it."
    )
    add_options(parser)
    asked = wishes(parser.parse_args())
    try:
        with signals_as_interrupts():
            run_desk(asked)
    except KeyboardInterrupt:
        pass
    except CannotStart as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

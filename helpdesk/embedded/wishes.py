"""What may be asked for when the desk is started."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass


@dataclass(frozen=True)
class Wishes:
    """Where to listen, and whether the demo data are wanted."""

    host: str
    port: int
    smtp_port: int
    demo: bool

    def as_arguments(self) -> list[str]:
        """Return the command line that asks for the same."""
        demo = [] if self.demo else ["--no-demo"]
        smtp = ["--smtp-port", str(self.smtp_port)]
        return ["--host", self.host, "--port", str(self.port), *smtp, *demo]


def add_options(parser: ArgumentParser) -> None:
    """Let `parser` take the options of the desk."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", default=8000, type=int, help="the port to listen on")
    parser.add_argument(
        "--smtp-port", default=2525, type=int, help="the port that takes mail, on this machine"
    )
    parser.add_argument(
        "--no-demo", dest="demo", action="store_false", help="load no demo data into a new desk"
    )


def wishes(options: Namespace) -> Wishes:
    """Return what the command line asked for."""
    return Wishes(
        host=options.host, port=options.port, smtp_port=options.smtp_port, demo=options.demo
    )

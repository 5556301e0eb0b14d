"""Who of the cast may look at what: what `./waratah run` tells. No Django, as its supervisor."""

from dataclasses import dataclass

PASSWORD = "waratah-demo"  # noqa: S105 - printed on the first screen of the demo


@dataclass(frozen=True)
class DemoAccount:
    """A user name and what one can do with it."""

    username: str
    purpose: str


ACCOUNTS = (
    DemoAccount("carla", "client of Acme"),
    DemoAccount("cem", "client manager of Acme"),
    DemoAccount("gil", "client of Globex"),
    DemoAccount("ada", "agent"),
    DemoAccount("lea", "lead"),
    DemoAccount("root", "administrator"),
)

"""Who may sign in to a desk with demo data: read by the seed, and told by `./waratah run`."""

from dataclasses import dataclass

PASSWORD = "waratah-demo"  # noqa: S105


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
    DemoAccount("ben", "agent"),
    DemoAccount("lea", "lead"),
    DemoAccount("root", "administrator"),
)

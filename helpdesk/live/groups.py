"""Names of the groups that browsers listen to. Made here alone, never taken from a browser."""

STAFF = "staff"


def of_subject(kind: str, pk: int, *, is_ours: bool) -> str:
    """The listeners to one subject: ours hear of everything, clients of what they may read."""
    return f"{kind}.{pk}.{'ours' if is_ours else 'clients'}"


def of_person(pk: int) -> str:
    return f"person.{pk}"

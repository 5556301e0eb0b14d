"""Names of people, as shown."""


def initials_of(name: str) -> str:
    """Return one or two capitals for a chip: first and last word of `name`."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()

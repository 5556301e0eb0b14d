#!/usr/bin/env python
"""Django's command line for Waratah."""

import os
import sys
from importlib import import_module

from django.core.management import execute_from_command_line

# Answered from a file alone, and started anew for every batch of questions: without settings and
# applications they begin in a fraction of the time and leave no data folder behind.
PURE_COMMANDS = {
    "business_time": "helpdesk.calendars.management.commands.business_time",
    "parse_mail": "helpdesk.mail.management.commands.parse_mail",
}


def main(arguments: list[str]) -> None:
    """Run the command that is named first, as `django-admin` would."""
    if len(arguments) > 1 and arguments[1] in PURE_COMMANDS:
        import_module(PURE_COMMANDS[arguments[1]]).Command().run_from_argv(arguments)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main(sys.argv)

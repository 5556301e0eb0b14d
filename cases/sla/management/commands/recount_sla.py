"""`manage.py recount_sla`: count promises again from a day gone by, after a late holiday."""

from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.sla.recounting import Change, Recount
from helpdesk.calendars.models import Calendar, CalendarVersion
from helpdesk.calendars.working_time import zone_named
from helpdesk.people.actors import Actor


class Command(BaseCommand):
    """Shows what would change; writes it only with `--apply` and a reason."""

    help = "Preview or carry out a recount of SLA promises from a date on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("calendar", help="Short name of the calendar, such as office.")
        parser.add_argument("since", type=date.fromisoformat, help="A date of the calendar's zone.")
        parser.add_argument("--why", default="", help="The reason, which stays on every case.")
        parser.add_argument("--by", default="Command line", help="Who answers for it.")
        parser.add_argument("--apply", action="store_true", help="Write it.")

    def handle(self, *args: Any, **options: Any) -> None:
        version = _newest_version(options["calendar"])
        recount = Recount(
            version=version,
            since=datetime.combine(options["since"], time(), zone_named(version.time_zone)),
            now=timezone.now(),
            by=Actor(None, options["by"]),
            why=options["why"],
        )
        try:
            changes = recount.carry_out() if options["apply"] else recount.preview()
        except ValueError as error:
            raise CommandError(str(error)) from error
        for change in changes:
            self.stdout.write(_line(change))
        done = "changed" if options["apply"] else "would change; --apply writes it"
        self.stdout.write(f"{len(changes)} promises {done}.")


def _newest_version(slug: str) -> CalendarVersion:
    try:
        return Calendar.objects.get(slug=slug).versions.latest("number")
    except (Calendar.DoesNotExist, CalendarVersion.DoesNotExist) as error:
        raise CommandError(f"There is no calendar “{slug}” with opening hours.") from error


def _line(change: Change) -> str:
    due = f"due {_text(change.due_after)}, not {_text(change.due_before)}"
    taken_back = "; the miss is taken back" if change.is_miss_taken_back else ""
    return f"{change.case_number} {change.metric.words}: {due}{taken_back}"


def _text(at: datetime | None) -> str:
    return "open-ended" if at is None else at.isoformat()

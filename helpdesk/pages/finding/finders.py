"""What can be found, in the order in which the page shows it: one line a room."""

from helpdesk.finding.finding import Finder

FINDERS: tuple[Finder, ...] = ()

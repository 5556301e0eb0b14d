"""What can be found, in the order in which the page shows it: one line a room."""

from helpdesk.finding.finding import Finder
from helpdesk.pages.finding.own_cases import CASES
from knowledgebase.articles.searching.finder import ARTICLES
from knowledgebase.community.finder import GROUPS
from knowledgebase.notices.finder import NOTICES

FINDERS: tuple[Finder, ...] = (ARTICLES, CASES, GROUPS, NOTICES)

"""Recording an answer: the first one counts."""

from datetime import datetime

from django.db import transaction

from cases import kinds
from cases.satisfaction.asking import count
from cases.satisfaction.models import Survey
from helpdesk.journal import writing as journal
from helpdesk.people.actors import Actor

LONGEST_COMMENT = 5_000


@transaction.atomic
def record(
    survey: Survey,
    *,
    is_good: bool,
    comment: str,
    by: str,
    at: datetime,
    who: Actor | None = None,
) -> bool:
    """Keep the answer; False if there is one already. `by` is a `Survey.Channel`.

    `who` answers, where nobody vouches that it is the client. One conditional update decides, so
    that two clicks at once are one answer.
    """
    comment = comment.strip()[:LONGEST_COMMENT]
    is_first = Survey.objects.filter(pk=survey.pk, answered_at=None).update(
        is_good=is_good, comment=comment, answered_at=at, answered_by=by
    )
    if not is_first:
        return False
    count(survey, good=int(is_good), bad=int(not is_good))
    verdict = "It went well." if is_good else "It did not go well."
    _tell(survey, f"{verdict} {comment}".strip(), who=who, at=at)
    return True


@transaction.atomic
def add_comment(survey: Survey, comment: str, *, at: datetime) -> bool:
    """Add words to an answer that has none yet; False if it has, or if there is no answer."""
    comment = comment.strip()[:LONGEST_COMMENT]
    is_first = bool(comment) and Survey.objects.filter(
        pk=survey.pk, answered_at__isnull=False, comment=""
    ).update(comment=comment)
    if is_first:
        _tell(survey, comment, who=None, at=at)
    return bool(is_first)


def _tell(survey: Survey, words: str, *, who: Actor | None, at: datetime) -> None:
    case = survey.case
    journal.write(
        kinds.RATED,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=who or Actor.of(case.client),
        at=at,
        data={"words": words},
    )

"""Jobs of sign-in: shallow, safe to run twice."""

from celery import shared_task

from helpdesk.people.sign_in import answering_requests, tidying


@shared_task
def answer_link_requests() -> None:
    """Mail those who asked for a link to choose a password."""
    answering_requests.answer_requests()


@shared_task
def forget_what_is_over() -> None:
    """Delete ended sessions, spent limits and links that are long out of date."""
    tidying.forget_what_is_over()

"""A bug of two organisations: a defect, planned, out, and three answers: yes, no, none."""

import re
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.defects.campaigns import closing, sending
from cases.defects.campaigns.models import AskedCase, Campaign
from cases.defects.models import Defect
from cases.models import Case
from helpdesk.people.models import Person
from tests.builders import a_case, a_message
from tests.journeys.eventually import eventually
from tests.living_desk import Desk


def mails_of(desk: Desk, address: str, words: str) -> list[EmailMessage]:
    return [
        mail
        for mail in desk.sink.mails
        if mail["To"].addresses[0].addr_spec == address and words in mail["Subject"]
    ]


def one_mail(desk: Desk, person: Person, words: str) -> str:
    mails = eventually(lambda: mails_of(desk, person.email, words))
    assert len(mails) == 1
    return str(mails[0].get_body(("plain",)).get_content())  # type: ignore[union-attr]


def path_of(text: str, says: str) -> str:
    return str(re.findall(rf"https?://[^/\s]+(/known-defects/answers/\S+fixed={says})", text)[0])


def sent(campaign: Campaign, browser: Client) -> None:
    """Ada looks at the mail and sends it."""
    address = reverse("defects:campaign", args=[campaign.pk])
    assert campaign.words in browser.get(address).context["preview"].text
    browser.post(
        reverse("defects:campaign-departure", args=[campaign.pk]), {"version": campaign.version}
    )
    sending.sweep(now=timezone.now() + timedelta(seconds=1))


def moved(defect: Defect, browser: Client, move: str) -> Campaign | None:
    version = Defect.objects.get().version
    facts = {"move": move, "fixed_version": "5.2", "version": version}
    browser.post(reverse("defects:state", args=[defect.number]), facts)
    return defect.campaigns.order_by("pk").last()


def test_from_bug_to_yes_no_and_silence(
    desk: Desk,
    ada: Person,
    carla: Person,
    cem: Person,
    gil: Person,
    client_as: Callable[[Person], Client],
    client: Client,
) -> None:
    cases = {person: a_case(person) for person in (carla, cem, gil)}
    for case in cases.values():
        a_message(case, by=ada, text="We look into it.")
    console = client_as(ada)
    report = {"title": "Report shows no rows", "severity": "2", "case": cases[carla].number}
    console.post(reverse("defects:new"), report)
    defect = Defect.objects.get()
    numbers = f"{cases[cem].shown_number}, {cases[gil].number}"
    console.post(reverse("defects:cases", args=[defect.number]), {"numbers": numbers})
    assert defect.links.count() == 3

    moved(defect, console, "confirm")
    planned = moved(defect, console, "schedule")
    assert planned is not None
    sent(planned, console)
    for person, case in cases.items():
        text = one_mail(desk, person, "The fix is planned")
        assert case.shown_number in text
        assert "5.2" in text

    out = moved(defect, console, "release")
    assert out is not None
    sent(out, console)
    texts = {person: one_mail(desk, person, "The fix is out") for person in cases}

    yes, no = path_of(texts[carla], "yes"), path_of(texts[gil], "no")
    assert client.get(yes).status_code == client.get(no).status_code == 200
    assert not AskedCase.objects.exclude(answer="").exists()
    client.post(yes, {f"case-{cases[carla].pk}": "yes"})
    client.post(no, {f"case-{cases[gil].pk}": "no", "words": "Still no rows."})

    def states() -> list[str]:
        return [Case.objects.get(pk=case.pk).state for case in cases.values()]

    assert states() == ["closed", "waiting", "open"]
    eventually(lambda: cases[gil].messages.filter(text__contains="Still no rows.").exists() or None)

    later = timezone.now() + timedelta(days=20)
    sending.sweep(now=later)
    notice = one_mail(desk, cem, "closes soon")
    assert cases[cem].shown_number in notice
    closing.sweep(now=later + timedelta(days=5))
    assert states() == ["closed", "closed", "open"]
    assert mails_of(desk, carla.email, "closes soon") == []
    assert mails_of(desk, gil.email, "closes soon") == []

"""Two people: Carla has a broken report, Ada answers."""

import re

from playwright.sync_api import Browser

from cases.models import Case
from helpdesk.people.models import Person
from tests.browser.stories.people import visitor
from tests.builders import a_case
from tests.journeys.eventually import eventually
from tests.living_desk import Desk


def test_carla_opens_a_case_and_ada_answers_it(
    desk: Desk, browser: Browser, carla: Person, ada: Person
) -> None:
    with visitor(browser, desk.url) as client, visitor(browser, desk.url, dark=True) as agent:
        client.sign_in(carla, name="Carla@ACME.example")
        client.look()
        client.page.get_by_role("link", name="Open a case").first.click()
        client.page.get_by_label("Subject").fill("Report is empty")
        client.page.get_by_label("High").check()
        client.page.get_by_label("Details").fill("No rows since this morning.")
        client.look()
        client.page.get_by_role("button", name="Open the case").click()
        client.sees("We have your case")
        client.look()
        number = f"{Case.objects.get().number:08d}"
        client.sees(number)

        agent.sign_in(ada)
        agent.go("/console/queues/unassigned/")
        agent.page.get_by_role("link", name="Report is empty").click()
        agent.look()
        agent.page.get_by_role("button", name="Take it").click()
        agent.sees("Assigned.")
        agent.page.get_by_label("Message").fill("Please reload the page.")
        agent.page.get_by_role("button", name="Send", exact=True).click()
        agent.sees("Sent.")
        agent.look()

        client.sees("Please reload the page.")
        client.page.get_by_label("Your message").fill("That helped, thank you.")
        client.page.get_by_role("button", name="Send").click()
        client.sees("Your message is on the case.")
        agent.sees("That helped, thank you.")
        agent.page.get_by_label("Message").fill("Glad to hear it.")
        agent.page.get_by_role("button", name="Send and resolve").click()
        agent.sees("Sent.")
        client.sees("We believe this is solved")
        client.look()
    numbers = eventually(lambda: [mail["Subject"] for mail in desk.sink.mails])
    assert re.search(number, numbers[0])


def test_an_answer_to_what_has_changed_is_kept_and_not_sent(
    desk: Desk, browser: Browser, carla: Person, ada: Person, ben: Person
) -> None:
    with visitor(browser, desk.url) as first, visitor(browser, desk.url) as second:
        # Without its socket the first screen hears of nothing, as after a break in the network.
        first.page.route_web_socket("**/live/", lambda socket: socket.close())
        case = a_case(carla)
        for agent, person in ((first, ada), (second, ben)):
            agent.sign_in(person)
            agent.go(f"/console/cases/{case.shown_number}/")
        second.page.get_by_label("Message").fill("I look at it.")
        second.page.get_by_role("button", name="Send", exact=True).click()
        second.sees("Sent.")
        first.page.get_by_label("Message").fill("Me too.")
        first.page.get_by_role("button", name="Send", exact=True).click()
        first.sees("This case changed while you were writing")
        first.sees("I look at it.")
        first.look()
        assert first.page.get_by_label("Message").input_value() == "Me too."
    assert case.messages.count() == 2


def test_a_phone_shows_every_step_of_opening_a_case(
    desk: Desk, browser: Browser, carla: Person
) -> None:
    with visitor(browser, desk.url, width=390) as client:
        client.sign_in(carla)
        client.go("/cases/new/")
        client.page.get_by_role("button", name="Open the case").click()
        client.sees("Give your case a subject")
        client.look()
        client.page.get_by_label("Critical: business down").check()
        client.page.get_by_label("Nobody can get in").check()
        client.page.get_by_label("Subject").fill("Nobody can sign in")
        client.page.get_by_label("Details").fill("Since 08:40.")
        client.page.get_by_role("button", name="Open the case").click()
        client.sees("We have your case")
        client.look()
    assert Case.objects.get().priority == "critical"

"""Clients of a region see its brand; everybody else sees the desk as it is."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from helpdesk.brands.models import Brand
from helpdesk.calendars.models import Region
from helpdesk.people.models import Person
from tests.helpdesk.attachments.conftest import a_picture

Browser = Callable[[Person], Client]
ADDRESS = re.compile(r'"(/brands/[^"]+)"')


@pytest.fixture
def brand(victoria: Region) -> Brand:
    return Brand.objects.create(
        region=victoria, name="Bluegum Help", colour="#4b2a8a", dark_colour="#c3b1f0"
    )


def test_a_client_sees_the_name_and_the_colours_of_their_region(
    brand: Brand, client_as: Browser, carla: Person
) -> None:
    browser = client_as(carla)
    page = browser.get("/cases/").text
    assert "<title>My cases · Bluegum Help</title>" in page
    (address,) = ADDRESS.findall(page)
    colours = browser.get(address)
    assert colours["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in colours["Cache-Control"]
    assert "#4b2a8a" in colours.text


def test_visitors_and_ours_see_the_desk_as_it_is(
    brand: Brand, client_as: Browser, ada: Person, client: Client
) -> None:
    pages = client.get("/help/").text, client_as(ada).get("/help/").text
    assert [("Waratah" in page, "Bluegum" in page) for page in pages] == [(True, False)] * 2


def test_a_brand_takes_no_statement_of_its_own(
    client_as: Browser, carla: Person, victoria: Region
) -> None:
    browser, counts = client_as(carla), []
    for name in ("", "Bluegum Help"):
        Brand.objects.bulk_create([Brand(region=victoria, name=name)] if name else [])
        browser.get("/cases/new/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/cases/new/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def fields(region: Region, **more: object) -> dict[str, object]:
    return {"region": region.pk, "name": "Bluegum Help", "colour": "", "dark_colour": "", **more}


def test_an_administrator_sets_name_and_logo(
    client_as: Browser, root: Person, carla: Person, victoria: Region
) -> None:
    logo = SimpleUploadedFile("logo.png", a_picture("PNG"), content_type="image/png")
    answer = client_as(root).post("/admin/brands/brand/add/", fields(victoria, upload=logo))
    assert answer.status_code == 302
    browser = client_as(carla)
    (address,) = ADDRESS.findall(browser.get("/help/").text)
    assert browser.get(address)["Content-Type"].startswith("image/")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"colour": "#3f8f80", "dark_colour": "#6cc7b0"}, "reaches 3.4:1 and needs 4.5:1"),
        ({"colour": "green", "dark_colour": "#6cc7b0"}, "Write the colour like #0f5f50."),
        ({"colour": "#0f5f50"}, "Choose a colour for light and one for dark pages"),
    ],
)
def test_colours_that_cannot_be_read_are_refused(
    chosen: dict[str, str], said: str, client_as: Browser, root: Person, victoria: Region
) -> None:
    answer = client_as(root).post("/admin/brands/brand/add/", fields(victoria, **chosen))
    assert said in answer.text
    assert not Brand.objects.exists()


def test_what_is_no_picture_is_refused(client_as: Browser, root: Person, victoria: Region) -> None:
    page = SimpleUploadedFile("logo.html", b"<script>", content_type="text/html")
    answer = client_as(root).post("/admin/brands/brand/add/", fields(victoria, upload=page))
    assert "This is no PNG, JPEG or WebP." in answer.text
    assert not Brand.objects.exists()


def test_nothing_stands_where_a_brand_has_no_colours_and_no_logo(
    client: Client, victoria: Region
) -> None:
    bare = Brand.objects.create(region=victoria, name="Bluegum Help")
    answers = [client.get(f"/brands/{bare.pk}/1/{file}") for file in ("colours.css", "logo")]
    assert [answer.status_code for answer in answers] == [404, 404]

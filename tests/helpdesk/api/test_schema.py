"""The description of the API."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.helpdesk.api.calling import Caller

ONE = "/api/v1/cases/{number}/"


@pytest.mark.django_db
def test_the_schema_names_every_address_and_the_token() -> None:
    schema = Caller().get("schema/").json()
    assert sorted(schema["paths"]) == [
        "/api/v1/articles/",
        "/api/v1/articles/search/",
        "/api/v1/articles/{id}/",
        "/api/v1/cases/",
        ONE,
        f"{ONE}closure/",
        f"{ONE}defects/",
        f"{ONE}defects/{{defect}}/detachment/",
        f"{ONE}files/{{public_id}}/",
        f"{ONE}merging/",
        f"{ONE}messages/",
        f"{ONE}priority/",
        f"{ONE}reopening/",
        "/api/v1/defects/",
        "/api/v1/defects/{number}/",
        "/api/v1/me/",
    ]
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


@pytest.mark.django_db
def test_the_schema_says_what_opens_a_case() -> None:
    schema = Caller().get("schema/").json()
    assert set(schema["components"]["schemas"]["CaseIn"]["properties"]) == {
        "subject",
        "text",
        "type",
        "category",
        "priority",
        "characteristics",
        "url",
    }


@pytest.mark.django_db
def test_the_schema_is_valid_openapi() -> None:
    out = StringIO()
    call_command("spectacular", validate=True, stdout=out)
    assert "openapi: 3" in out.getvalue()

"""A folder of Markdown and HTML becomes sections and articles, once."""

from pathlib import Path

import pytest

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.articles.importing import Report, import_folder
from knowledgebase.articles.models import Article
from tests.knowledgebase.articles.making import text_of

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c"
    "6360000002000001e221bc330000000049454e44ae426082"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    guides = tmp_path / "Guides" / "Till"
    guides.mkdir(parents=True)
    (guides / "start.md").write_text("# Start\n\nHow to begin.\n\n![Key](key.png)\n")
    (guides / "key.png").write_bytes(PNG)
    (tmp_path / "Guides" / "stop.html").write_text("<h1>Stop</h1><p>Press <b>Off</b>.</p>")
    return tmp_path


def take(folder: Path, lea: Person) -> Report:
    return import_folder(folder, by=Actor.of(lea), publish=True)


def test_folders_become_sections_and_files_become_articles(folder: Path, lea: Person) -> None:
    report = take(folder, lea)
    assert report.added == ["Guides/Till/start.md", "Guides/stop.html"]
    start = Article.objects.get(imported_from="Guides/Till/start.md")
    path = [start.section.parent.name if start.section.parent else "", start.section.name]
    assert (path, text_of(start).title, text_of(start).summary) == (
        ["Guides", "Till"],
        "Start",
        "How to begin.",
    )


def test_a_picture_beside_the_text_comes_with_it(folder: Path, lea: Person) -> None:
    take(folder, lea)
    start = Article.objects.get(imported_from="Guides/Till/start.md")
    live = text_of(start).live
    assert live is not None
    assert live.source == f"![Key](cid:{start.files.get().public_id})"


def test_taken_again_nothing_changes(folder: Path, lea: Person) -> None:
    take(folder, lea)
    report = take(folder, lea)
    assert (report.added, report.changed, len(report.same)) == ([], [], 2)
    assert Article.objects.count() == 2


def test_what_changed_gets_a_new_revision(folder: Path, lea: Person) -> None:
    take(folder, lea)
    (folder / "Guides" / "stop.html").write_text("<h1>Stop</h1><p>Pull the plug.</p>")
    assert take(folder, lea).changed == ["Guides/stop.html"]
    stop = Article.objects.get(imported_from="Guides/stop.html")
    assert text_of(stop).revisions.count() == 2


def test_what_cannot_be_taken_is_told_and_the_others_are_taken(folder: Path, lea: Person) -> None:
    (folder / "broken.md").write_bytes(b"\xff\xfe caf\xe9")
    (folder / "empty.md").write_text("  ")
    report = take(folder, lea)
    assert (len(report.added), [place for place, _ in report.refused]) == (
        2,
        ["broken.md", "empty.md"],
    )


def test_a_text_does_not_take_a_picture_from_outside_the_folder(
    folder: Path, lea: Person, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("other") / "secret.png"
    secret.write_bytes(PNG)
    (folder / "sly.md").write_text(f"# Sly\n\nLook.\n\n![x](../../../../../..{secret})\n")
    take(folder, lea)
    assert not Article.objects.get(imported_from="sly.md").files.exists()

"""Taking articles over from a folder of Markdown or HTML, with their pictures.

Folders become sections, files become articles. The path of a file is what it is known by: taken
again, a file that did not change is left alone, one that did gets a new revision. Nothing is
published unless asked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from django.db import transaction

from helpdesk.attachments.storing import FileRefused
from helpdesk.people.actors import Actor
from knowledgebase.articles.actions import arranging, publishing, writing
from knowledgebase.articles.actions.enclosing import enclose
from knowledgebase.articles.actions.refusing import Refused
from knowledgebase.articles.actions.writing import Writing
from knowledgebase.articles.models import Article, Section
from knowledgebase.articles.models.writing import DEEPEST
from knowledgebase.articles.text.from_html import markdown_of_html

LARGEST = 1_000_000
SUFFIXES = {".md", ".markdown", ".html", ".htm"}
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<at>[^)\s]+)\)")


@dataclass(slots=True)
class Report:
    """What became of each file: paths, and why a file or picture was not taken."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def import_folder(
    folder: Path, *, by: Actor, language: str = "en", publish: bool = False
) -> Report:
    """Take every article below `folder`; each whole or not at all. Return what became of them."""
    report = Report()
    for path in _files(folder):
        place = path.relative_to(folder).as_posix()
        try:
            with transaction.atomic():
                outcome = _take(
                    path, folder=folder, by=by, language=language, publish=publish, report=report
                )
        except (Refused, OSError) as refusal:
            report.refused.append((place, str(refusal)))
        else:
            outcome.append(place)
    return report


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        # A link could lead out of the folder.
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.is_symlink():
            yield path


def _take(
    path: Path, *, folder: Path, by: Actor, language: str, publish: bool, report: Report
) -> list[str]:
    place = path.relative_to(folder).as_posix()
    title, summary, body = _parts(_markdown(path), fall_back=path.stem)
    article = Article.objects.filter(imported_from=place).first()
    if article is None:
        section = _section(list(path.relative_to(folder).parent.parts), by=by)
        article = writing.begin(
            Writing(title, body, summary, "Imported"),
            section=section,
            by=by,
            language=language,
            imported_from=place,
        )
        outcome = report.added
    else:
        outcome = report.changed
    source = _with_pictures(body, path=path, folder=folder, article=article, by=by, report=report)
    text = article.translations.select_related("latest").filter(language=language).first()
    latest = text.latest if text else None
    is_same = latest and (latest.title, latest.summary, latest.source) == (title, summary, source)
    if is_same and outcome is report.changed:
        return report.same
    if not is_same:
        writing.save(article, Writing(title, source, summary, "Imported"), language=language, by=by)
    if publish:
        publishing.publish(article.translations.get(language=language), by=by)
    return outcome


def _markdown(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise Refused("It is larger than 1 MB, which no article is.")
    try:
        content = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("It is not written in UTF-8.") from error
    if path.suffix.lower() in {".html", ".htm"}:
        content = markdown_of_html(content)
    if not content.strip():
        raise Refused("It is empty.")
    return content.replace("\r\n", "\n")


def _parts(source: str, *, fall_back: str) -> tuple[str, str, str]:
    """Title (the first heading), summary (a short first paragraph) and the rest."""
    lines = source.strip().split("\n")
    title = fall_back.replace("-", " ").replace("_", " ").capitalize()
    if lines[0].startswith("# "):
        title, lines = lines[0][2:].strip(), lines[1:]
    blocks = "\n".join(lines).strip().split("\n\n", 1)
    first = " ".join(blocks[0].split())
    if len(blocks) == 2 and len(first) <= 300 and re.match(r"[\w\"“(]", first):
        return title[:150], first, blocks[1].strip()
    return title[:150], "", "\n\n".join(blocks).strip()


def _section(parts: list[str], *, by: Actor) -> Section:
    """The section that the folders name, made where it is missing."""
    names = parts[: DEEPEST + 1] or ["Imported"]
    section: Section | None = None
    for name in names:
        found = Section.objects.filter(parent=section, name=name[:100]).first()
        section = found or arranging.add(name[:100], parent=section, by=by)
    if section is None:
        raise Refused("It stands in no section.")
    return section


def _with_pictures(
    source: str, *, path: Path, folder: Path, article: Article, by: Actor, report: Report
) -> str:
    """Keep each picture that stands beside the text, and let the text name it as ours."""
    known = {kept.file.sha256: kept for kept in article.files.select_related("file")}

    def kept_name(match: re.Match[str]) -> str:
        picture = (path.parent / unquote(match["at"])).resolve()
        if "://" in match["at"] or not picture.is_relative_to(folder.resolve()):
            return match[0]
        try:
            kept = enclose(article, picture.read_bytes(), filename=picture.name, by=by, known=known)
        except (FileRefused, OSError) as refusal:
            place = path.relative_to(folder).as_posix()
            report.refused.append((f"{place}: {match['at']}", str(refusal)))
            return match["alt"]
        return f"![{match['alt']}](cid:{kept.public_id})"

    return _PICTURE.sub(kept_name, source)

"""What was written just now, and what is quoted: decided line by line, in one pass.

When it is not sure, it shows more: a line is taken for a quote only for a reason that stands in
`attributions`, `header_blocks`, `separators` or in the marks that the sender's program left in
its HTML. Answers between quoted lines keep the lines that they answer, and forwarded mail is not
a quote.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import attributions, header_blocks, separators
from .lines import Line

_LINK_REST = re.compile(r"\s*[(<\[]?\s*(?:https?://|mailto:)\S*[)>\]]?\s*>?\s*")
_LOOSE_END = re.compile(r"\S+[)>\]]\s*")
_FEWEST_UNATTRIBUTED = 3
_MOST_TRIES = 300
_WRAPPED_FROM, _WRAPPED_UPTO = 65, 80


@dataclass(frozen=True, slots=True)
class Split:
    """For each line whether it is quoted; `kept` maps a line that the reply shares with an
    attribution to the number of its characters that are reply."""

    quoted: list[bool]
    kept: dict[int, int]


@dataclass(slots=True)
class _Run:
    """Quoted lines in a row, with the attribution above them (if any, from `above` on)."""

    above: int
    first: int
    last: int
    attributed: bool


def split(lines: Sequence[Line], *, is_html: bool, is_forward: bool = False) -> Split:
    """What of `lines` is quoted. Nothing, if the reply would be empty otherwise.

    `is_forward`: the subject says that the mail was forwarded, so its header block is content.
    """
    finder = _Finder(lines, is_html=is_html, is_forward=is_forward)
    finder.read()
    visible = (line for line, quoted in zip(lines, finder.quoted, strict=True) if not quoted)
    if finder.kept or any(not (line.is_blank or separators.is_rule(line)) for line in visible):
        return Split(finder.quoted, finder.kept)
    return Split([False] * len(lines), {})


class _Finder:
    """One walk over the lines of a mail."""

    def __init__(self, lines: Sequence[Line], *, is_html: bool, is_forward: bool) -> None:
        self.quoted = [False] * len(lines)
        self.kept: dict[int, int] = {}
        self._lines = lines
        self._is_html = is_html
        self._is_forward = is_forward
        self._runs: list[_Run] = []
        self._text: list[int] = []
        self._floor = 0
        self._tries = _MOST_TRIES
        self._markers = separators.may_have_marker(" ".join(line.text for line in lines))

    def read(self) -> None:
        """Mark what is quoted."""
        index = 0
        while 0 <= index < len(self._lines):
            index = self._step(index)
        self._judge_runs()

    def _step(self, index: int) -> int:
        """Look at one line; where to go on, or -1 when the rest is decided."""
        line = self._lines[index]
        if self._is_empty(line):
            return index + 1
        if self._markers and self._is_marker(index):
            return self._cut_rest(index) if self._text or self._runs else index + 1
        if line.mark == "rest":
            return -1 if self._is_forward else self._cut_rest(index)
        kind = separators.kind_of(line)
        if (line.depth or line.mark == "quote") and not kind:
            return self._quoted_run(index)
        if kind:
            return self._headed(index, 1) if kind == "original" else -1
        if header_blocks.may_start(line.text) and self._may_try():
            size = header_blocks.starting_at(self._lines, index)
            if size:
                return self._headed(index, size)
        return self._text_or_attribution(index)

    def _may_try(self) -> bool:
        """Whether there is work left to spend: a text made of nothing but candidates is shown."""
        self._tries -= 1
        return self._tries >= 0

    def _headed(self, index: int, size: int) -> int:
        """A separator or header block of `size` lines: what follows is quoted, or all the mail."""
        if self._is_forward or not self._has_text_before(index):
            return index + size
        following = self._next_text(index + size)
        if following >= 0 and self._is_quoted(self._lines[following]):
            return self._run(following, index)
        return self._cut_rest(index)

    def _is_marker(self, index: int) -> bool:
        following = self._lines[index + 1] if index + 1 < len(self._lines) else None
        return separators.is_marker(self._lines[index], following)

    def _text_or_attribution(self, index: int) -> int:
        found = None
        if attributions.may_end(self._lines[index].text) and self._may_try():
            found = attributions.ending_at(self._lines, index, floor=self._floor)
        if found is None:
            self._text.append(index)
            return index + 1
        following = self._next_text(found.last + 1)
        if following < 0 or self._is_quoted(self._lines[following]):
            self._claim(found)
            return self._run(following, found.first) if following >= 0 else -1
        if found.weak or not (found.kept or self._has_text_before(found.first)):
            self._text.append(index)
            return index + 1
        self._claim(found)
        return self._cut_rest(found.first + (found.kept > 0))

    def _claim(self, found: attributions.Attribution) -> None:
        """The lines of an attribution are no text; the beginning of a shared one stays."""
        while self._text and self._text[-1] >= found.first:
            self._text.pop()
        for index in range(found.first, found.last + 1):
            self.quoted[index] = True
        if found.kept:
            self.kept[found.first] = found.kept
            self._text.append(found.first)

    def _quoted_run(self, index: int) -> int:
        """A run without a known attribution: look for one in other languages, or inside it."""
        if self._forwards(index):
            return -1
        last = self._text[-1] if self._text else -1
        if last >= 0 and index - last <= 2 and self._may_try():
            above = attributions.above_quote(self._lines, last, floor=self._floor)
            if above >= 0:
                self._claim(attributions.Attribution(above, last))
                return self._run(index, above)
        return self._run(index, index, attributed=self._is_attributed_inside(index))

    def _run(self, index: int, above: int, *, attributed: bool = True) -> int:
        if self._forwards(index):
            return -1
        last = self._end_of_run(index)
        self._runs.append(_Run(above, index, last, attributed))
        self._floor = last + 1
        return last + 1

    def _forwards(self, index: int) -> bool:
        """Whether a quoted run begins with the line above a forwarded mail."""
        first = self._next_text(index)
        while first >= 0 and self._lines[first].is_blank:
            first = self._next_text(first + 1)
        return first >= 0 and separators.begins_forward(self._lines[first].text)

    def _is_attributed_inside(self, first: int) -> bool:
        if self._lines[first].mark == "quote":
            return True
        for index in range(first, min(first + 5, len(self._lines))):
            if not self._lines[index].depth:
                break
            if attributions.may_end(self._lines[index].text) and self._may_try():
                found = attributions.ending_at(self._lines, index, floor=first)
                if found is not None and not found.weak:
                    return True
            if header_blocks.starting_at(self._lines, index):
                return True
        return False

    def _end_of_run(self, index: int) -> int:
        """The last line of the quoted run that begins at `index`."""
        last = index
        while (following := self._next_text(last + 1)) >= 0:
            if self._is_quoted(self._lines[following]) or (
                following == last + 1 and self._is_torn(following)
            ):
                last = following
            else:
                break
        return last

    def _is_torn(self, index: int) -> bool:
        """Whether an unquoted line is the end of the quoted one above, torn off by wrapping."""
        if index + 1 >= len(self._lines) or not self._is_quoted(self._lines[index + 1]):
            return False
        above, line = self._lines[index - 1].text, self._lines[index].text
        if _LINK_REST.fullmatch(line):
            return True
        if "http" in above and _LOOSE_END.fullmatch(line):
            return True
        wrapped = len(above) >= _WRAPPED_FROM and above.rstrip()[-1:] not in ".!?:;"
        return wrapped and len(line) < _WRAPPED_UPTO and line[:1].islower()

    def _is_quoted(self, line: Line) -> bool:
        return line.depth > 0 or line.mark == "quote"

    def _is_empty(self, line: Line) -> bool:
        """Blank and not quoted: a quote sign alone still belongs to its quote."""
        return line.is_blank and not self._is_quoted(line)

    def _next_text(self, index: int) -> int:
        while index < len(self._lines) and self._is_empty(self._lines[index]):
            index += 1
        return index if index < len(self._lines) else -1

    def _has_text_before(self, index: int) -> bool:
        return bool(self._text) and self._text[0] < index

    def _cut_rest(self, index: int) -> int:
        """Everything from here on is quoted, and so are the rules drawn above it."""
        if not self._has_text_before(index) and not self._runs:
            return -1
        first = index
        while first and self._may_go(first - 1):
            first -= 1
        self.quoted[first:] = [True] * (len(self._lines) - first)
        return -1

    def _may_go(self, index: int) -> bool:
        line = self._lines[index]
        return self.quoted[index] or line.is_blank or separators.is_rule(line)

    def _judge_runs(self) -> None:
        """Which quoted runs go: not those between which somebody has answered."""
        runs = self._runs
        if not runs:
            return
        answered = [i for i in self._text if runs[0].last < i < runs[-1].first]
        if answered:
            runs[-1].attributed = any(run.attributed for run in runs)
            kept = len(runs) - (self._text[-1] < runs[-1].first)
            self._show(runs[:kept])
            runs = runs[kept:]
        attributed = any(run.attributed for run in runs)
        for run in runs:
            if run.attributed or (run is runs[-1] and self._goes(run, others=attributed)):
                self.quoted[run.above : run.last + 1] = [True] * (run.last + 1 - run.above)

    def _show(self, runs: Sequence[_Run]) -> None:
        for run in runs:
            self.quoted[run.above : run.last + 1] = [False] * (run.last + 1 - run.above)

    def _goes(self, run: _Run, *, others: bool) -> bool:
        """Whether a run that nobody is named for is a quote: the last one below a text."""
        if others or not self._has_text_before(run.first):
            return False
        lines = [line for line in self._lines[run.first : run.last + 1] if not line.is_blank]
        if self._is_html:
            return all(line.mark != "indent" for line in lines)
        ends = self._text[-1] < run.first
        return ends and len(lines) >= _FEWEST_UNATTRIBUTED

"""Aligning and reading documents by their names."""

import os
import tempfile
import warnings
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence

from . import _program
from ._alignment import Alignment, Bead
from ._errors import AlignError, AlignWarning


@dataclass(frozen=True)
class Block:
    """A block of a document: a paragraph, a heading, an item of a list, a cell of a table, a footnote."""

    kind: str  #: "paragraph", "heading", "item", "cell", "footnote" or "line"
    text: str
    start: int  #: the byte of the document's text, in UTF-8, at which it begins
    end: int
    level: Optional[int] = None  #: of a heading, from 1, if it is known


def align_files(
    source: _program.Path,
    target: _program.Path,
    *,
    source_lang: Optional[str] = None,
    target_lang: Optional[str] = None,
    options: Optional[Mapping[str, Any]] = None,
    arguments: Sequence[_program.Argument] = (),
    settings: bool = False,
) -> Alignment:
    """Aligns two documents, in any format that the program reads, or two web addresses.

    Languages that are not named are detected. ``options`` are ``monotone``, ``without``, ``builtin_lexicon`` and
    ``presegmented`` (docs/batch.md); ``arguments`` further ones of ``muqabala align``, such as ``["--lexicon",
    "terms.tsv"]``. Files of settings (docs/settings.md) count only with ``settings=True``. What the program says of a
    document that it could read only in part is an :class:`AlignWarning`; what cannot be aligned raises
    :class:`AlignError` with the program's message."""
    names = [_program.named(source), _program.named(target)]
    command = ["align", "--quiet", *names, "--format=jsonl"]
    command += _program.languages(source_lang, target_lang) + _program.settings(options)
    command += _program.options(arguments, settings)
    with tempfile.TemporaryDirectory() as folder:
        lines, told = (os.path.join(folder, name) for name in ("beads.jsonl", "figures.json"))
        _program.run([*command, f"--output={lines}", f"--figures={told}"])
        beads = _beads(_content(lines))
        found = _program.decoded(_content(told))
    for side in ("source", "target"):
        for message in found[side]["warnings"]:
            warnings.warn(message, AlignWarning, stacklevel=2)

    def project(path: str) -> List[Bead]:
        return _beads(_program.run([*command, f"--save={path}"]))

    return Alignment(beads, found["source_lang"], found["target_lang"], found["figures"], project)


def read(
    path: _program.Path, *, arguments: Sequence[_program.Argument] = (), settings: bool = False
) -> List[Block]:
    """The blocks of a document as the program reads it: what :func:`align_files` aligns. ``arguments`` are options of
    ``muqabala read``, such as ``["--whole-page"]``; files of settings count only with ``settings=True``. Raises
    :class:`AlignError` with the program's message."""
    command = ["read", "--quiet", "--json", _program.named(path), *_program.options(arguments, settings)]
    return [_block(_program.decoded(line)) for line in _program.run(command).splitlines()]


def _block(record: Dict[str, Any]) -> Block:
    return Block(**{**record, "level": record.get("level") or None})


def _beads(lines: bytes) -> List[Bead]:
    return [Bead.of(_program.decoded(line)) for line in lines.splitlines()]


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError as error:
        raise AlignError("the program wrote no alignment: `arguments` may not name another output") from error

"""Aligns texts that translate each other, sentence by sentence, by running ``muqabala pipe``.

>>> import muqabala
>>> for bead in muqabala.align("التقى الوزيران. واتفقا.", "The ministers met. They agreed.",
...                            source_lang="ar", target_lang="en"):
...     print(bead.type, bead.source_text, bead.target_text)
1-1 التقى الوزيران. The ministers met.
1-1 واتفقا. They agreed.

A text may also be a list of its segments. For many pairs use :func:`align_many`, which keeps one process.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import threading
from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, Iterator, List, Optional, Sequence, Union

__all__ = ["AlignError", "Answer", "Bead", "align", "align_many", "find_program"]

Text = Union[str, Sequence[str]]


class AlignError(Exception):
    """A record that cannot be aligned, or a program that failed."""


@dataclass(frozen=True)
class Bead:
    """Source segments and target segments that correspond; one side may be empty."""

    source: List[int]  #: indices of the source segments, from 0
    target: List[int]  #: indices of the target segments, from 0
    source_text: str
    target_text: str
    type: str  #: such as "1-1" or "2-1"
    confidence: Optional[float]  #: from 0 to 1
    crossing: bool  #: whether it links across others
    details: Dict[str, Any] = field(default_factory=dict)  #: evidence and doubts, with ``detail="evidence"``


@dataclass(frozen=True)
class Answer:
    """What became of one record."""

    id: Any
    beads: List[Bead]
    source_lang: Optional[str] = None
    target_lang: Optional[str] = None
    figures: Dict[str, Any] = field(default_factory=dict)
    error: Optional[str] = None  #: why it could not be aligned


def find_program() -> str:
    """The path of the program: that of ``MUQABALA``, else the one installed with this module, else one on PATH."""
    name = "muqabala.exe" if sys.platform == "win32" else "muqabala"
    named = os.environ.get("MUQABALA")
    if named:
        return named
    for scheme in (None, f"{os.name}_user"):
        try:
            folder = sysconfig.get_path("scripts") if scheme is None else sysconfig.get_path("scripts", scheme)
        except KeyError:
            continue
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    found = shutil.which(name)
    if found:
        return found
    raise FileNotFoundError("the program muqabala is not installed; `pip install muqabala` brings it")


def align(
    source: Text,
    target: Text,
    *,
    source_lang: Optional[str] = None,
    target_lang: Optional[str] = None,
    options: Optional[Dict[str, Any]] = None,
    detail: str = "texts",
) -> List[Bead]:
    """The beads of two texts, or of two lists of segments. Raises :class:`AlignError` if they cannot be aligned."""
    record: Dict[str, Any] = {"source": _text(source), "target": _text(target)}
    for name, value in (("source_lang", source_lang), ("target_lang", target_lang), ("options", options)):
        if value is not None:
            record[name] = value
    (answer,) = align_many([record], jobs=1, detail=detail)
    if answer.error is not None:
        raise AlignError(answer.error)
    return answer.beads


def align_many(
    records: Iterable[Dict[str, Any]],
    *,
    jobs: Optional[int] = None,
    detail: str = "texts",
    arguments: Sequence[str] = (),
) -> Iterator[Answer]:
    """Aligns records, dictionaries with ``source``, ``target`` and perhaps ``id``, ``source_lang``, ``target_lang``,
    ``options`` (docs/batch.md), and gives their answers in order. Records are taken as they are needed.
    ``arguments`` are further options of ``muqabala pipe``, such as ``["--lexicon", "terms.tsv"]``."""
    command = [find_program(), "pipe", "--quiet", "--detail", detail]
    if jobs is not None:
        command += ["--jobs", str(jobs)]
    command += list(arguments)
    # Messages go to a file, as a pipe that nobody reads could fill up.
    with tempfile.TemporaryFile() as messages:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=messages)
        failed: List[BaseException] = []
        feeder = threading.Thread(target=_feed, args=(process, records, failed), daemon=True)
        feeder.start()
        try:
            for line in process.stdout:
                yield _answer(json.loads(line))
            feeder.join()
            status = process.wait()
            if failed:
                raise failed[0]
            if status != 0:
                messages.seek(0)
                said = messages.read().decode("utf-8", "replace").strip()
                raise AlignError(said or f"muqabala pipe ended with status {status}")
        finally:
            process.stdout.close()
            if process.poll() is None:
                process.kill()
            process.wait()


def _feed(process: "subprocess.Popen[bytes]", records: Iterable[Dict[str, Any]], failed: List[BaseException]) -> None:
    try:
        for record in records:
            process.stdin.write(json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n")
            process.stdin.flush()
    except (BrokenPipeError, ValueError):
        pass  # The program ended, and its status says why; or nobody asks for more.
    except BaseException as error:  # What the caller's records raise is the caller's to see.
        failed.append(error)
    finally:
        try:
            process.stdin.close()
        except OSError:
            pass


def _text(text: Text) -> Text:
    return text if isinstance(text, str) else list(text)


def _answer(answer: Dict[str, Any]) -> Answer:
    if "error" in answer:
        return Answer(id=answer.get("id"), beads=[], error=answer["error"])
    return Answer(
        id=answer.get("id"),
        beads=[_bead(bead) for bead in answer["beads"]],
        source_lang=answer.get("source_lang"),
        target_lang=answer.get("target_lang"),
        figures=answer.get("figures", {}),
    )


def _bead(bead: Dict[str, Any]) -> Bead:
    known = ("source", "target", "source_text", "target_text", "type", "confidence", "crossing")
    return Bead(
        source=bead["source"],
        target=bead["target"],
        source_text=bead.get("source_text", ""),
        target_text=bead.get("target_text", ""),
        type=bead.get("type", f"{len(bead['source'])}-{len(bead['target'])}"),
        confidence=bead.get("confidence"),
        crossing=bead.get("crossing", False),
        details={key: value for key, value in bead.items() if key not in known},
    )

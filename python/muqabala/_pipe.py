"""Aligning texts by ``muqabala pipe``: one pair at a time through a process that is kept, or a stream of records."""

import atexit
import json
import os
import subprocess
import tempfile
import threading
from dataclasses import dataclass, field
from typing import IO, AbstractSet, Any, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from . import _program
from ._alignment import Alignment, Bead
from ._errors import AlignError

#: A text, or the list of its segments.
Text = Union[str, Sequence[str]]
#: A record of `pipe`: `source`, `target`, and perhaps `id`, `source_lang`, `target_lang`, `options`.
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What became of one record."""

    id: Any
    beads: List[Bead]
    source_lang: Optional[str] = None
    target_lang: Optional[str] = None
    figures: Dict[str, Any] = field(default_factory=dict)
    error: Optional[str] = None  #: why it could not be aligned


class Aligner:
    """A process that is kept to align one pair of texts after the other; for use in ``with``, or closed by ``close``.

    ``arguments`` are options of ``muqabala pipe``, such as ``["--lexicon", "terms.tsv"]``. It may be used by several
    threads, which take turns, and by a process that was forked, which gets a process of its own. Files of settings
    (docs/settings.md) count only with ``settings=True``."""

    def __init__(
        self, arguments: Sequence[_program.Argument] = (), *, detail: str = "evidence", settings: bool = False
    ) -> None:
        self._arguments = _program.options(arguments, settings)
        self._detail = detail
        self._lock = threading.Lock()
        self._running: "Optional[_Running]" = None

    def __enter__(self) -> "Aligner":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def align(
        self,
        source: Text,
        target: Text,
        *,
        source_lang: Optional[str] = None,
        target_lang: Optional[str] = None,
        options: Optional[Mapping[str, Any]] = None,
    ) -> Alignment:
        """As :func:`align_texts`."""
        sides = (_checked(source), _checked(target))
        record: Dict[str, Any] = {"source": sides[0], "target": sides[1]}
        for name, value in (("source_lang", source_lang), ("target_lang", target_lang), ("options", options)):
            if value is not None:
                record[name] = value
        answer = _answer(_program.decoded(self._ask(_line(record))))
        if answer.error is not None:
            raise AlignError(answer.error)

        def project(path: str) -> List[Bead]:
            return _save(path, sides, (source_lang, target_lang), options, self._arguments)

        otherwise = "as two documents these texts are cut or paired otherwise than as records; nothing was saved"
        return Alignment(
            answer.beads, answer.source_lang, answer.target_lang, answer.figures, project, otherwise
        )

    def close(self) -> None:
        """Ends the process. Aligning again begins another."""
        with self._lock:
            running, self._running = self._running, None
        if running is not None:
            running.end()

    def _ask(self, line: bytes) -> bytes:
        with self._lock:
            if self._running is not None and self._running.owner != os.getpid():
                # A fork has copies of the ends of pipes that belong to another.
                self._running.forget()
                self._running = None
            if self._running is None:
                self._running = _Running([*_command(self._detail, 1), *self._arguments])
            try:
                return self._running.ask(line)
            except BaseException:
                # Whatever broke off, the next answer would not be the next question's.
                running, self._running = self._running, None
                running.end(kill=True)
                raise


class _Running:
    """A process with its pipes."""

    def __init__(self, command: Sequence[str]) -> None:
        self.owner = os.getpid()
        # A file, as a pipe that nobody reads could fill up.
        self._messages = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._messages
        )

    def _pipes(self) -> "Tuple[IO[bytes], IO[bytes]]":
        assert self._process.stdin is not None and self._process.stdout is not None
        return self._process.stdin, self._process.stdout

    def ask(self, line: bytes) -> bytes:
        stdin, stdout = self._pipes()
        try:
            stdin.write(line)
            stdin.flush()
        except BrokenPipeError:
            pass  # The program ended; what it said is read below.
        answer = stdout.readline()
        if not answer.endswith(b"\n"):
            status = self._process.wait()
            self._messages.seek(0)
            raise AlignError(_program.message(self._messages.read(), status))
        return answer

    def end(self, kill: bool = False) -> None:
        if kill:
            self._process.kill()
        self.forget()
        self._process.wait()

    def forget(self) -> None:
        for pipe in self._pipes():
            try:
                pipe.close()
            except OSError:
                pass
        self._messages.close()


#: The processes of :func:`align_texts`, by what an answer holds and whether settings count.
_kept: "Dict[Tuple[str, bool], Aligner]" = {}
_keeping = threading.Lock()


@atexit.register
def _end_all() -> None:
    for aligner in _kept.values():
        aligner.close()


def _after_fork() -> None:
    """A fork may have been made while another thread held a lock or a pipe: it begins with none of them."""
    global _keeping
    _keeping = threading.Lock()
    _kept.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def align_texts(
    source: Text,
    target: Text,
    *,
    source_lang: Optional[str] = None,
    target_lang: Optional[str] = None,
    options: Optional[Mapping[str, Any]] = None,
    arguments: Sequence[_program.Argument] = (),
    detail: str = "evidence",
    settings: bool = False,
) -> Alignment:
    """Aligns two texts, or two lists of segments.

    Languages that are not named are detected. ``options`` are those of a record: ``monotone``, ``without``,
    ``builtin_lexicon``, ``presegmented`` (docs/batch.md); ``arguments`` further ones of ``muqabala pipe``. ``detail`` is
    ``"evidence"``, or ``"texts"`` for beads without evidence and doubts. The process is kept for the next call, unless
    there are ``arguments``. Files of settings (docs/settings.md), such as a ``muqabala.toml`` in the current folder,
    count only with ``settings=True``.

    Raises :class:`AlignError` if they cannot be aligned, and ``ValueError`` for a text that is the name of a file:
    :func:`align_files` aligns files."""
    wanted = {"source_lang": source_lang, "target_lang": target_lang}
    if arguments:
        with Aligner(arguments, detail=detail, settings=settings) as aligner:
            return aligner.align(source, target, options=options, **wanted)
    with _keeping:
        kept = _kept.setdefault((detail, settings), Aligner(detail=detail, settings=settings))
    return kept.align(source, target, options=options, **wanted)


def align_many(
    records: Iterable[Record],
    *,
    jobs: Optional[int] = None,
    detail: str = "texts",
    arguments: Sequence[_program.Argument] = (),
    settings: bool = False,
) -> Iterator[Answer]:
    """Aligns records, dictionaries with ``source``, ``target`` and perhaps ``id``, ``source_lang``, ``target_lang``,
    ``options`` (docs/batch.md), and gives their answers in order. Records are taken as they are needed; one that cannot
    be aligned has an answer with ``error``. ``arguments`` are further options of ``muqabala pipe``, such as
    ``["--lexicon", "terms.tsv"]``; files of settings count only with ``settings=True``."""
    if isinstance(records, Mapping):
        raise TypeError("records are a list or another iterable of dictionaries, and not one of them")
    command = [*_command(detail, jobs), *_program.options(arguments, settings)]
    # Messages go to a file, as a pipe that nobody reads could fill up.
    with tempfile.TemporaryFile() as messages:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=messages)
        assert process.stdin is not None and process.stdout is not None
        failed: List[BaseException] = []
        wrong: "Dict[int, Tuple[str, Any]]" = {}
        feeder = threading.Thread(target=_feed, args=(process.stdin, records, failed, wrong), daemon=True)
        feeder.start()
        try:
            for number, line in enumerate(process.stdout):
                yield _answer(_program.decoded(line), wrong.pop(number, None))
            feeder.join()
            status = process.wait()
            if failed:
                raise failed[0]
            if status != 0:
                messages.seek(0)
                raise AlignError(_program.message(messages.read(), status))
        finally:
            process.stdout.close()
            if process.poll() is None:
                process.kill()
            process.wait()


def _feed(
    stdin: IO[bytes],
    records: Iterable[Record],
    failed: List[BaseException],
    wrong: "Dict[int, Tuple[str, Any]]",
) -> None:
    try:
        for number, record in enumerate(records):
            record = dict(record)
            try:
                for side in ("source", "target"):
                    if side in record:
                        record[side] = _checked(record[side])
                line = _line(record)
            except (TypeError, ValueError) as error:
                # It keeps its place: the program answers it with an error, and this is put in that one's place.
                wrong[number] = (str(error), record.get("id"))
                line = b"{}\n"
            stdin.write(line)
            stdin.flush()
    except (BrokenPipeError, ValueError) as error:
        # The program ended, and its status says why; or nobody asks for more. Else the records raised it.
        if not stdin.closed and not isinstance(error, BrokenPipeError):
            failed.append(error)
    except BaseException as error:  # What the caller's records raise is the caller's to see.
        failed.append(error)
    finally:
        try:
            stdin.close()
        except OSError:
            pass


def _command(detail: str, jobs: Optional[int]) -> List[str]:
    command = [_program.find_program(), "pipe", "--quiet", "--detail", detail]
    return command if jobs is None else [*command, "--jobs", str(jobs)]


def _line(record: Record) -> bytes:
    # What JSON cannot hold, such as an infinite number, is refused here and not changed on the way.
    return json.dumps(record, ensure_ascii=False, allow_nan=False).encode("utf-8", "surrogatepass") + b"\n"


def _checked(text: Text) -> Text:
    """The text, unless it is plainly no text."""
    if isinstance(text, os.PathLike):
        raise TypeError(f"{os.fspath(text)} is a path, not a text; align_files aligns files")
    if isinstance(text, (bytes, bytearray)):
        raise TypeError("a text is a str, not bytes; decode it first")
    if isinstance(text, (Mapping, AbstractSet)):
        raise TypeError(f"segments are a list in their order, and not a {type(text).__name__}")
    if not isinstance(text, str):
        return list(text)
    # No name is that long, and asking would cost more than it is worth.
    if len(text) < 1024 and "\n" not in text and _is_file(text):
        raise ValueError(
            f"{text!r} is the name of a file; align_files aligns files, and a list of one segment is taken as text"
        )
    return text


def _is_file(text: str) -> bool:
    try:
        return os.path.isfile(text)
    except ValueError:
        return False


def _answer(answer: Dict[str, Any], wrong: "Optional[Tuple[str, Any]]" = None) -> Answer:
    if wrong is not None:
        return Answer(id=wrong[1], beads=[], error=wrong[0])
    if "error" in answer:
        return Answer(id=answer.get("id"), beads=[], error=answer["error"])
    return Answer(
        id=answer.get("id"),
        beads=[Bead.of(bead) for bead in answer["beads"]],
        source_lang=answer.get("source_lang"),
        target_lang=answer.get("target_lang"),
        figures=answer.get("figures", {}),
    )


def _save(
    path: str,
    sides: "Tuple[Text, Text]",
    languages: "Tuple[Optional[str], Optional[str]]",
    options: Optional[Mapping[str, Any]],
    arguments: Sequence[str],
) -> List[Bead]:
    """Makes a project of texts by the way of files, and gives its beads."""
    lists = [not isinstance(text, str) for text in sides]
    if lists[0] != lists[1]:
        raise AlignError("a project is made of two texts or of two lists of segments, not of one and the other")
    read = ["--presegmented"] if lists[0] else ["--input-format=text"]
    if options and options.get("presegmented") and not lists[0]:
        read = []
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for name, text in zip(("source.txt", "target.txt"), sides):
            if not isinstance(text, str):
                if any(len(segment.splitlines()) != 1 or not segment.strip() for segment in text):
                    raise AlignError("a project is made of segments that have text, and no line ends in it")
                text = "".join(segment + "\n" for segment in text)
            names.append(os.path.join(folder, name))
            # With a mark of its own, so that one at the beginning of the text is taken for text.
            with open(names[-1], "w", encoding="utf-8-sig", newline="") as file:
                file.write(text)
        command = ["align", "--quiet", *names, "--format=jsonl", "--encoding=utf-8", f"--save={path}", *read]
        command += _program.languages(*languages) + _program.settings(options)
        lines = _program.run([*command, *arguments]).splitlines()
    return [Bead.of(_program.decoded(line)) for line in lines]

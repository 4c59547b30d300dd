"""Finding the program and running it."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

from ._errors import AlignError

#: The name of a file: a text or a path object.
Path = Union[str, "os.PathLike[str]"]
#: What an argument of the program may be.
Argument = Union[str, "os.PathLike[str]"]


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


def run(arguments: Sequence[Argument], given: Optional[bytes] = None) -> bytes:
    """Runs the program to its end and gives what it wrote. Its message is raised as :class:`AlignError`."""
    command = [find_program(), *plain(arguments)]
    ran = subprocess.run(command, input=given, stdin=None if given is not None else subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if ran.returncode != 0:
        raise AlignError(message(ran.stderr, ran.returncode))
    return ran.stdout


def plain(arguments: Sequence[Argument]) -> List[str]:
    """Arguments as texts."""
    if isinstance(arguments, (str, bytes, os.PathLike)):
        raise TypeError(f"arguments are a list of texts, such as [{os.fspath(arguments)!r}], and not one text")
    return [os.fspath(argument) for argument in arguments]


def options(arguments: Sequence[Argument], settings: bool) -> List[str]:
    """Arguments as texts, after the one that leaves files of settings out unless they are asked for: what a call gives
    does not depend on what lies in the current folder."""
    found = plain(arguments)
    return found if settings or "--no-settings" in found else ["--no-settings", *found]


def decoded(line: bytes) -> Dict[str, Any]:
    """A line of JSON that the program wrote."""
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        said = line.decode("utf-8", "replace").strip()
        raise AlignError(f"the program answered what is no alignment: {said[:200]!r}; `arguments` are options of aligning")
    return found


def message(said: bytes, status: int) -> str:
    """What the program said of its failure, without the word ``error``."""
    text = said.decode("utf-8", "replace").strip()
    if text.startswith("error: "):
        text = text[len("error: "):]
    lines = [line for line in text.splitlines() if line]
    return "\n".join(lines) or f"the program ended with status {status}"


def named(path: Path) -> str:
    """The name of a file as an argument that is no option, no address and not standard input by chance."""
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"a file is named by a text or a path, not by {type(path).__name__}")
    name = os.fspath(path)
    if isinstance(name, bytes):
        raise TypeError("a file is named by a text, not by bytes")
    return os.path.join(os.curdir, name) if name.startswith("-") else name


def languages(source_lang: Optional[str], target_lang: Optional[str]) -> List[str]:
    """The options that name the languages."""
    found = []
    if source_lang is not None:
        found.append(f"--source-lang={source_lang}")
    if target_lang is not None:
        found.append(f"--target-lang={target_lang}")
    return found


def settings(options: Optional[Mapping[str, object]]) -> List[str]:
    """The options of a record (docs/batch.md) as those of the command line."""
    found: List[str] = []
    for name, value in (options or {}).items():
        if name == "monotone":
            found += ["--monotone"] if value else []
        elif name == "builtin_lexicon":
            found += [] if value else ["--no-builtin-lexicon"]
        elif name == "presegmented":
            found += ["--presegmented"] if value else []
        elif name == "without":
            kinds = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
            found += [f"--without={','.join(kinds)}"] if kinds else []
        else:
            raise AlignError(f"there is no option `{name}`: one of monotone, without, builtin_lexicon, presegmented")
    return found

"""An alignment: its beads, as a table, as a file, in a notebook."""

import html
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, Optional, Sequence, Union, overload

from . import _program
from ._errors import AlignError

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped, unused-ignore]

#: Pairs that a notebook shows.
SHOWN = 50
#: Languages that are written from right to left.
RIGHT_TO_LEFT = frozenset("ar arc azb ckb dv fa he ks ku-Arab nqo ps sd syr ug ur yi".split())


@dataclass(frozen=True)
class Bead:
    """A pair: source segments and target segments that correspond; one side may be empty."""

    source: List[int]  #: indices of the source segments, from 0
    target: List[int]  #: indices of the target segments, from 0
    source_text: str
    target_text: str
    type: str  #: how many segments it has on each side, such as "1-1" or "2-1"
    confidence: Optional[float]  #: from 0 to 1; None where there is none
    crossing: bool  #: whether it links across others
    details: Dict[str, Any] = field(default_factory=dict)  #: cost, evidence, doubts: what was asked for

    @property
    def doubts(self) -> List[str]:
        """What makes it doubtful, in words; empty without ``detail="evidence"`` too."""
        return [doubt["text"] for doubt in self.details.get("doubts", ())]

    @classmethod
    def of(cls, record: Dict[str, Any]) -> "Bead":
        """The bead of a line of the format ``jsonl``, or of an answer of ``pipe``."""
        known = ("source", "target", "source_text", "target_text", "type", "confidence", "crossing")
        return cls(
            source=record["source"],
            target=record["target"],
            source_text=record.get("source_text", ""),
            target_text=record.get("target_text", ""),
            type=record.get("type", f"{len(record['source'])}-{len(record['target'])}"),
            confidence=record.get("confidence"),
            crossing=record.get("crossing", False),
            details={key: value for key, value in record.items() if key not in known},
        )

    def record(self) -> Dict[str, Any]:
        """The same as a line of the format ``jsonl`` has it."""
        return {
            "source": self.source,
            "target": self.target,
            "source_text": self.source_text,
            "target_text": self.target_text,
            "type": self.type,
            "confidence": self.confidence,
            "crossing": self.crossing,
            **self.details,
        }


class Alignment(Sequence[Bead]):
    """The beads of two texts in the order of the source, with their languages and figures."""

    #: The languages, detected or as they were named.
    source_lang: Optional[str]
    target_lang: Optional[str]
    #: ``source_segments``, ``beads``, ``mean_confidence``, ``doubtful``, ``suspicions`` and others (docs/batch.md).
    figures: Dict[str, Any]

    def __init__(
        self,
        beads: Sequence[Bead],
        source_lang: Optional[str] = None,
        target_lang: Optional[str] = None,
        figures: Optional[Dict[str, Any]] = None,
        project: Optional[Callable[[str], Sequence[Bead]]] = None,
        otherwise: str = "the files have changed since they were aligned: align them again, and save that",
    ) -> None:
        self._beads = list(beads)
        self.source_lang = source_lang
        self.target_lang = target_lang
        self.figures = dict(figures or {})
        # Aligns again what this was made of, saves a project, and gives its beads.
        self._project = project
        # What is said when those are other beads.
        self._otherwise = otherwise

    @overload
    def __getitem__(self, index: int) -> Bead: ...

    @overload
    def __getitem__(self, index: slice) -> List[Bead]: ...

    def __getitem__(self, index: Union[int, slice]) -> Union[Bead, List[Bead]]:
        return self._beads[index]

    def __len__(self) -> int:
        return len(self._beads)

    def __iter__(self) -> Iterator[Bead]:
        return iter(self._beads)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Alignment):
            same = (self.source_lang, self.target_lang) == (other.source_lang, other.target_lang)
            return same and self._beads == other._beads
        return self._beads == other if isinstance(other, list) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> Dict[str, Any]:
        # What it was made of stays behind: a copy elsewhere has its beads alone.
        return {**self.__dict__, "_project": None}

    def __repr__(self) -> str:
        mean = self.figures.get("mean_confidence")
        sure = "" if mean is None else f", {mean:.2f} sure on average"
        return f"<Alignment {self.source_lang} → {self.target_lang}: {len(self)} beads{sure}>"

    def to_pandas(self) -> "pandas.DataFrame":
        """A table with a row for each bead: ``source``, ``target`` (lists of indices), ``source_text``, ``target_text``,
        ``type``, ``confidence``, ``crossing``, ``doubts`` (a list of texts)."""
        try:
            import pandas
        except ImportError as error:
            raise ImportError("to_pandas needs pandas: pip install pandas") from error
        columns = ("source", "target", "source_text", "target_text", "type", "confidence", "crossing", "doubts")
        table = pandas.DataFrame({name: [getattr(bead, name) for bead in self._beads] for name in columns})
        return table.astype({"confidence": float, "crossing": bool})

    def to_tmx(self, path: _program.Path, *, min_confidence: Optional[float] = None) -> None:
        """Writes a translation memory; pairs less sure than ``min_confidence`` are left out."""
        self.save(path, format="tmx", min_confidence=min_confidence)

    def save(
        self, path: _program.Path, *, format: Optional[str] = None, min_confidence: Optional[float] = None
    ) -> None:
        """Writes it in the format that the extension of ``path`` names, or ``format``: tmx, xliff, tsv, xlsx, docx,
        html, jsonl and others. ``NAME.muq`` is a project to review with ``muqabala review NAME.muq``; for that the texts
        or files are aligned again, and it is an error if they are not what they were."""
        name = _program.named(path)
        if format is None and os.path.splitext(name)[1].lower() == ".muq":
            if min_confidence is not None:
                raise ValueError("a project holds all beads; min_confidence is for other formats")
            self._save_project(name)
            return
        # Without counterpart they stay: only pairs that are unsure are left out.
        kept = [
            bead for bead in self._beads
            if min_confidence is None or not (bead.source and bead.target) or (bead.confidence or 0.0) >= min_confidence
        ]
        if not kept:
            raise AlignError("there is nothing to write: no pair is that sure" if self._beads else "it has no pair")
        lines = "".join(json.dumps(bead.record(), ensure_ascii=False) + "\n" for bead in kept)
        arguments = ["show", "--quiet", "--no-settings", "-", f"--output={name}"]
        arguments += _program.languages(self.source_lang or "und", self.target_lang or "und")
        if format is not None:
            arguments.append(f"--format={format}")
        _program.run(arguments, lines.encode("utf-8"))

    def _save_project(self, name: str) -> None:
        if self._project is None:
            raise AlignError("what this alignment was made of is not at hand: align again, and save that")
        if os.path.exists(name):
            raise AlignError(f"{name} is there already; name another file, or take it away first")
        again = self._project(name)
        if [_places(bead) for bead in again] != [_places(bead) for bead in self._beads]:
            os.remove(name)
            raise AlignError(self._otherwise)

    def _repr_html_(self) -> str:
        """What a notebook shows: the first pairs, each language in its direction."""
        rows = []
        for bead in self._beads[:SHOWN]:
            confidence = "" if bead.confidence is None else f"{bead.confidence:.2f}"
            doubts = html.escape("; ".join(bead.doubts))
            rows.append(
                f"<tr><td>{html.escape(bead.type)}</td><td>{confidence}</td>"
                f"{_cell(bead.source_text, self.source_lang)}{_cell(bead.target_text, self.target_lang)}"
                f'<td style="text-align:start">{doubts}</td></tr>'
            )
        more = len(self._beads) - SHOWN
        rest = f"<p>and {more} more</p>" if more > 0 else ""
        heads = ("type", "confidence", self.source_lang or "source", self.target_lang or "target", "doubts")
        head = "".join(f"<th>{html.escape(name)}</th>" for name in heads)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{rest}"


def _places(bead: Bead) -> object:
    return bead.source, bead.target, bead.source_text, bead.target_text


def _cell(text: str, lang: Optional[str]) -> str:
    known = lang is not None and lang != "und"
    primary = (lang or "").split("-")[0]
    direction = "auto" if not known else "rtl" if primary in RIGHT_TO_LEFT or "-Arab" in str(lang) else "ltr"
    code = f' lang="{html.escape(str(lang))}"' if known else ""
    return f'<td dir="{direction}"{code} style="text-align:start;white-space:pre-line">{html.escape(text)}</td>'

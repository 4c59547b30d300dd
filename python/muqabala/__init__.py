"""Aligns texts and documents that translate each other, sentence by sentence, by running the program ``muqabala``.

>>> import muqabala
>>> alignment = muqabala.align_texts("التقى الوزيران. واتفقا.", "The ministers met. They agreed.")
>>> for pair in alignment:
...     print(pair.type, pair.source_text, pair.target_text)
1-1 التقى الوزيران. The ministers met.
1-1 واتفقا. They agreed.

:func:`align_texts` takes texts or lists of segments, :func:`align_files` the names of documents, :func:`align_many` any
number of records; :func:`read` shows what is understood of a document. An :class:`Alignment` is a sequence of
:class:`Bead`, shows itself in a notebook, becomes a table of pandas, and writes itself in any format.
"""

from ._alignment import Alignment, Bead
from ._errors import AlignError, AlignWarning
from ._files import Block, align_files, read
from ._pipe import Aligner, Answer, align_many, align_texts
from ._program import find_program

__all__ = [
    "AlignError",
    "AlignWarning",
    "Aligner",
    "Alignment",
    "Answer",
    "Bead",
    "Block",
    "align",
    "align_files",
    "align_many",
    "align_texts",
    "find_program",
    "read",
]

align = align_texts  #: the earlier name of :func:`align_texts`

"""What words of a language mean, as tables in the wheel: see ``FORMAT.md`` and ``NOTICE.md``.

No model runs: a table holds, for each term, a short vector that a program (``scripts/vocabulary``)
has learnt from a sentence model once. The vectors of a text's terms, added up, point where the
model's vector of the text points.
"""

from oftasked_search.vocabulary.format import FormatError
from oftasked_search.vocabulary.table import Vocabulary

__all__ = ["FormatError", "Vocabulary"]

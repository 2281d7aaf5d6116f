"""A question set -> a peer's report on it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import knowledge_base
from peers.pages import pages_of
from peers.sites import PEERS
from peers.visiting import replies
from scoring import report

if TYPE_CHECKING:
    from question_sets import QuestionSet
    from scoring import Report


def measured(name: str, questions: QuestionSet) -> Report:
    """Build a peer's site of a set in a temporary folder and ask its search everything."""
    peer = PEERS[name]
    ids = knowledge_base.entry_ids(item.id for item in questions.items)
    lang = knowledge_base.language_tag(questions.lang)
    with tempfile.TemporaryDirectory(prefix="oftasked-bench-") as folder:
        site = peer.make(Path(folder), pages_of(questions.items, ids), lang)
        return report(questions, ids, replies(site, questions), engine=peer.name)

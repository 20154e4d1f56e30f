"""Cases with exact answers -> layouts -> verdicts: `twin verify`.

`cases` reads the format, `documents` writes each case as a layout that a planner could have
written, `trials` runs it as its measures ask, `measures` reads the answers off, `verdicts` judges.
"""

from twin.exact.cases import FORMAT, Case, known_cases, read_cases
from twin.exact.documents import Unsupported, documents_of
from twin.exact.exports import write_documents
from twin.exact.verdicts import Report, Row, needs_chance, verify

__all__ = [
    "FORMAT",
    "Case",
    "Report",
    "Row",
    "Unsupported",
    "documents_of",
    "known_cases",
    "needs_chance",
    "read_cases",
    "verify",
    "write_documents",
]

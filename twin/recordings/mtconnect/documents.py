"""XML of an MTConnect agent, element by element; no tree, no entities, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from twin.errors import RecordingError

MOST_BYTES = 64 * 2**20  # of one document; an agent's answer of 10,000 observations has some 3 MB
DEEPEST = 60  # elements within each other

Begin = Callable[[str, dict[str, str]], None]  # an element's name and its attributes
End = Callable[[str, str], None]  # its name and its text


def walk(chunks: Iterable[bytes], begin: Begin, end: End, name: str) -> None:
    """Calls `begin` and `end` for each element; names come without their namespace.

    `name` is what messages call the document. Raises RecordingError where it is not XML, has a
    document type (and so could have entities), is too large or nested too deeply.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    texts: list[list[str]] = []

    def started(tag: str, attributes: dict[str, str]) -> None:
        if len(texts) >= DEEPEST:
            raise RecordingError(f"{_place()}: elements are nested deeper than {DEEPEST}")
        texts.append([])
        begin(tag.rpartition(":")[2], attributes)

    def ended(tag: str) -> None:
        end(tag.rpartition(":")[2], "".join(texts.pop()).strip())

    def told(text: str) -> None:
        if texts:
            texts[-1].append(text)

    def refused(*_: object) -> None:
        raise RecordingError(
            f"{_place()}: declares a document type; an MTConnect document has none, and what is "
            "declared there could grow without bound"
        )

    def _place() -> str:
        return f"{name}: line {parser.CurrentLineNumber}"

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = told
    parser.StartDoctypeDeclHandler = refused
    parser.EntityDeclHandler = refused
    total = 0
    try:
        for chunk in chunks:
            total += len(chunk)
            if total > MOST_BYTES:
                raise RecordingError(f"{name}: is larger than {MOST_BYTES // 2**20} MB")
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise RecordingError(
            f"{name}: line {error.lineno}: is not XML as an MTConnect agent writes it: "
            f"{expat.ErrorString(error.code)}"
        ) from error

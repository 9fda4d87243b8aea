"""A PDF with its e-invoice attached says so in its metadata, as Factur-X and ZUGFeRD ask.

typst writes PDF/A-3 and attaches the file, but says nothing of Factur-X in the metadata (XMP). An update is appended to the file, as PDF has it since 1.0: a new
version of the one object, where it begins, and where the table before it is. Nothing of what typst wrote is touched, and the same bytes come of the same bytes.
"""

import re
from typing import Final

FILE_NAME: Final = "factur-x.xml"
_NAMESPACE: Final = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_PROPERTIES: Final = (
    ("DocumentType", "INVOICE", "INVOICE"),
    ("DocumentFileName", FILE_NAME, "The name of the embedded XML document"),
    ("Version", "1.0", "The version of the standard applying to the embedded XML document"),
    ("ConformanceLevel", "EN 16931", "The conformance level of the embedded XML document"),
)
_SCHEMAS: Final = b"<pdfaExtension:schemas><rdf:Bag>"
_END: Final = b"</rdf:RDF>"


def _schema() -> bytes:
    """What the properties are: PDF/A wants each schema that isn't its own described."""
    told = "".join(
        '<rdf:li rdf:parseType="Resource"><pdfaProperty:category>external</pdfaProperty:category>'
        f"<pdfaProperty:description>{description}</pdfaProperty:description><pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for name, _, description in _PROPERTIES
    )
    return (
        '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{_NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{told}</rdf:Seq></pdfaSchema:property></rdf:li>"
    ).encode()


def _said() -> bytes:
    properties = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, value, _ in _PROPERTIES)
    return f'<rdf:Description rdf:about="" xmlns:fx="{_NAMESPACE}">{properties}</rdf:Description>'.encode()


def told_hybrid(pdf: bytes) -> bytes:
    """The same file with an update that makes it one of Factur-X. Raises ValueError where it isn't laid out as typst does."""
    table = int(_found(rb"startxref\n(\d+)\n%%EOF\s*$", pdf[-64:])[1])
    trailer = _found(rb"trailer\n<<(.*?)>>\s*startxref", pdf[table:], re.DOTALL)[1]
    root = _object(pdf, table, int(_found(rb"/Root (\d+) 0 R", trailer)[1]))
    number = int(_found(rb"/Metadata (\d+) 0 R", root)[1])
    head, _, body = _object(pdf, table, number).partition(b"stream\n")
    metadata = body[: int(_found(rb"/Length (\d+)", head)[1])]
    if metadata.count(_SCHEMAS) != 1 or metadata.count(_END) != 1:
        raise ValueError("no place in the metadata for what it is")
    metadata = metadata.replace(_SCHEMAS, _SCHEMAS + _schema()).replace(_END, _said() + _END)
    begin = len(pdf) + 1
    update = b"\n%d 0 obj\n<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (number, len(metadata), metadata)
    places = b"xref\n0 1\n0000000000 65535 f\r\n%d 1\n%010d 00000 n\r\n" % (number, begin)
    return pdf + update + places + b"trailer\n<<%b/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, table, len(pdf) + len(update))


def _object(pdf: bytes, table: int, number: int) -> bytes:
    """The object of that number, from where the table says it begins."""
    first = _found(rb"xref\n0 \d+\n", pdf[table : table + 40]).end()
    entry = table + first + 20 * number
    begin = int(pdf[entry : entry + 10])
    if not pdf.startswith(b"%d 0 obj" % number, begin):
        raise ValueError("the table of objects is laid out otherwise")
    return pdf[begin:]


def _found(pattern: bytes, text: bytes, flags: int = 0) -> "re.Match[bytes]":
    match = re.search(pattern, text, flags)
    if match is None:
        raise ValueError(f"not as typst writes it: {pattern!r}")
    return match

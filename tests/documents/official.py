"""The rules as their makers publish them, run by an XSLT processor: what Factur-X says of CII, and CEN of UBL, with the schemas of both."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import facturx
from lxml import etree
from saxonche import PySaxonProcessor

_FOLDER = Path(str(facturx.__file__)).parent / "xsd_and_schematron"
_RULES = {"cii": "facturx-en16931/FACTUR-X_EN16931.xslt", "ubl": "ubl-2.1/EN16931-UBL-validation.xslt"}
_SCHEMAS = {
    "CrossIndustryInvoice": "facturx-en16931/Factur-X_EN16931.xsd",
    "Invoice": "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    "CreditNote": "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
}
_FAILED = re.compile(r'<svrl:failed-assert[^>]*?id="([^"]+)"', re.DOTALL)


@cache
def _processor() -> Any:
    return PySaxonProcessor(license=False)


@cache
def _rules(syntax: str) -> Any:
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(_FOLDER / _RULES[syntax]))


@cache
def _schema(root: str) -> Any:
    return etree.XMLSchema(etree.parse(str(_FOLDER / _SCHEMAS[root])))


def misfits(content: bytes) -> list[str]:
    """How the file departs from its schema."""
    document = etree.fromstring(content)
    schema = _schema(etree.QName(document).localname)
    return [] if schema.validate(document) else [str(error) for error in schema.error_log]


def faults(content: bytes) -> set[str]:
    """The ids of the published rules that the file breaks."""
    syntax = "cii" if b"CrossIndustryInvoice" in content else "ubl"
    told = _rules(syntax).transform_to_string(xdm_node=_processor().parse_xml(xml_text=content.decode()))
    return set(_FAILED.findall(told))

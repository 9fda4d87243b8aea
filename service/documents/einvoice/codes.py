"""The code lists of EN 16931, as far as the fields we write and check use them."""

from typing import Final

from babel import Locale
from babel.core import get_global

CATEGORIES: Final = frozenset({"S", "Z", "E", "AE", "K", "G", "O"})
"""UNCL5305, as a price may be taxed here. Others that the norm knows are those of the Canaries, of Ceuta and Melilla, and split payment."""
OTHER_CATEGORIES: Final = frozenset({"L", "M", "B"})
INVOICE_TYPES: Final = frozenset(
    "71 80 81 82 83 84 102 130 202 203 204 211 218 219 261 262 295 296 308 325 326 331 380 381 382 383 384 385 386 387 388 389 390 393 394 395 396 420 456"
    " 457 458 471 472 473 500 501 502 503 527 532 553 575 623 633 751 780 817 870 875 876 877 935".split()
)
"""UNTDID 1001: invoices and credit notes."""
PAYMENT_MEANS: Final = frozenset({*map(str, range(1, 71)), "74", "75", "76", "77", "78", "91", "92", "93", "94", "95", "96", "97", "98", "ZZZ"})
"""UNTDID 4461."""
CREDIT_TRANSFERS: Final = frozenset({"30", "58"})
EXEMPTIONS: Final = frozenset(
    [
        *(f"VATEX-EU-{code}" for code in "79-C 143 148 151 153 159 309 AE D F G I IC J O".split()),
        *(f"VATEX-EU-132-1{letter}" for letter in "ABCDEFGHIJKLMNOPQ"),
        *(f"VATEX-EU-135-1{letter}" for letter in "ABCDEFGHIJKL"),
        *(f"VATEX-EU-143-1{letter}" for letter in [*"ABCDEFGHIJKL", "FA"]),
        *(f"VATEX-EU-148-{letter}" for letter in "ABCDEFG"),
        *(f"VATEX-EU-151-1{letter}" for letter in ["A", "AA", *"BCDE"]),
        "VATEX-EU-132", "VATEX-EU-135", "VATEX-EU-144", "VATEX-EU-146-1E",
        "VATEX-FR-FRANCHISE", "VATEX-FR-CNWVAT", "VATEX-FR-CGI261-1", "VATEX-FR-CGI261-2", "VATEX-FR-CGI261-3", "VATEX-FR-CGI261-4",
        "VATEX-FR-CGI261-5", "VATEX-FR-CGI261-7", "VATEX-FR-CGI261-8", "VATEX-FR-CGI261A", "VATEX-FR-CGI261B", "VATEX-FR-CGI261C-1",
        "VATEX-FR-CGI261C-2", "VATEX-FR-CGI261C-3", "VATEX-FR-CGI261D-1", "VATEX-FR-CGI261D-1BIS", "VATEX-FR-CGI261D-2", "VATEX-FR-CGI261D-3",
        "VATEX-FR-CGI261D-4", "VATEX-FR-CGI261E-1", "VATEX-FR-CGI261E-2", "VATEX-FR-CGI277A", "VATEX-FR-CGI275", "VATEX-FR-298SEXDECIESA",
        "VATEX-FR-CGI295", "VATEX-FR-AE",
    ]
)  # fmt: skip
"""VATEX, the code list of the CEF for reasons why no tax is charged."""
ELECTRONIC_SCHEMES: Final = frozenset(
    "0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184 0188 0190 0191 0192 0193 0194 0195 0196 0198 0199"
    " 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0221 0225 0230 0235 0240 0244 9901 9910 9913 9914 9915 9918 9919"
    " 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 9950"
    " 9951 9952 9953 9957 9959 AN AQ AS AU EM".split()
)
"""EAS, the schemes of electronic addresses."""
CURRENCIES: Final = frozenset(get_global("all_currencies"))
"""ISO 4217."""
COUNTRIES: Final = frozenset(code for code in Locale("en").territories if len(code) == 2 and code.isalpha()) - {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
"""ISO 3166-1 alpha-2."""
VAT_PREFIXES: Final = COUNTRIES | {"EL", "XI"}

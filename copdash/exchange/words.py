"""What a cell of a foreign file says: clean text, a word of our vocabulary, a number, a day, a list of themes.

Nothing here refuses a row: a cell that is not understood comes back as `NOT_UNDERSTOOD`, and the preview says so.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Final

from copdash.exchange.vocabulary import normal, words_of
from copdash.models import Theme
from copdash.words import key as compared

Cell = str | int | float | bool | None


class _NotUnderstood:
    def __repr__(self) -> str:
        return "NOT_UNDERSTOOD"


NOT_UNDERSTOOD: Final = _NotUnderstood()
"""The cell holds something, but not what belongs there."""

# Invisible signs that come along from web pages and PDFs, and signs that turn the direction of text around.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NOTHING = frozenset(
    "- -- --- – — ? . .. ... … / n/a na n.a. n/a. nan none null k.a. k.a nvt n.v.t. nd n.d. tbd tbc #n/a n.n. s/o "
    "s.o. n/b n.b. n/d n/v keineangabe keineangaben nichtzutreffend notapplicable notavailable "
    "nietvantoepassing sansobjet noaplica nonapplicabile".split()
)
_SHORT = frozenset("na nd tbd tbc n.n. n.b. / .".split())
"""What says nothing among numbers or known words, and in a text may be a name or a remark of its own."""


def passage(cell: Cell) -> str:
    """Text that may have several lines: line ends as \\n, no control or invisible signs, no blanks at the ends."""
    text = _text(cell)
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _CONTROL.sub("", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
    return unicodedata.normalize("NFC", text).strip()


def line(cell: Cell) -> str:
    """Text of one line: like `passage`, and every run of blanks, tabs and line breaks is one blank."""
    return " ".join(passage(cell).split())


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return cell if isinstance(cell, str) else repr(cell)


def key(text: str) -> str:
    """A name as names are compared: on one line, without control signs, and as `copdash.words.key` makes it."""
    return compared(line(text))


def is_nothing(text: str) -> bool:
    """Whether a cell says in so many words that it is empty, such as “-”, “n/a” or “k. A.”."""
    return not text or text.casefold().replace(" ", "") in _NOTHING


def is_empty(text: str) -> bool:
    """Like `is_nothing`, of a text that may be anything: “na” may be an abbreviation there."""
    return is_nothing(text) and text.casefold().replace(" ", "") not in _SHORT


def number(cell: Cell) -> float | _NotUnderstood | None:
    """A number with a decimal point or comma, also the first of “7/10” or “80 %”; None for an empty cell."""
    if isinstance(cell, bool):
        return NOT_UNDERSTOOD
    if isinstance(cell, int | float):
        return float(cell)
    text = line(cell)
    if is_nothing(text):
        return None
    match = re.fullmatch(
        r"([-+−]?\d{1,9}(?:[.,]\d{0,17})?)(?: ?%| ?(?:/|of|von|van|sur|de|su|out of|aus|uit) ?\d{1,3})?", text
    )
    return float(match[1].replace(",", ".").replace("−", "-")) if match else NOT_UNDERSTOOD


_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan januar january januari janvier janv enero ene gennaio gen janner ιανουαριος ιανουαριου ιαν ינואר ינו",
            "feb februar february februari fevrier fevr febrero febbraio φεβρουαριος φεβρουαριου φεβ פברואר פבר",
            "mar marz march maart mars marzo mrt mrz marts μαρτιος μαρτιου μαρ מרץ מרס",
            "apr april avril avr abril aprile abr απριλιος απριλιου απρ אפריל אפר",
            "may mai mei mayo maggio mag maj μαιος μαιου μαι מאי",
            "jun juni june juin junio giugno giu ιουνιος ιουνιου ιουν יוני יונ",
            "jul juli july juillet juil julio luglio lug ιουλιος ιουλιου ιουλ יולי יול",
            "aug august augustus aout agosto ago αυγουστος αυγουστου αυγ אוגוסט אוג",
            "sep sept september septembre septiembre settembre set σεπτεμβριος σεπτεμβριου σεπ σεπτ ספטמבר ספט",
            "oct okt oktober october octobre octubre ottobre ott οκτωβριος οκτωβριου οκτ אוקטובר אוק",
            "nov november novembre noviembre νοεμβριος νοεμβριου νοε נובמבר נוב",
            "dec dez dezember december decembre diciembre dicembre dic δεκεμβριος δεκεμβριου δεκ דצמבר דצמ",
        ),
        start=1,
    )
    for written in names.split()
    for name in {normal(written), *([f"ב{written}"] if written >= "א" else [])}
}
"""Months in the six languages, in Danish, Greek and Hebrew, there also as “in March” is written."""

_WEEKDAYS = {
    normal(name): weekday
    for weekday, names in enumerate(
        (
            "mon monday mo montag ma maandag lun lundi lunes lunedi man mandag δευτερα δευ שני",
            "tue tues tuesday di dienstag dinsdag mar mardi martes martedi tir tirsdag τριτη τρι שלישי",
            "wed wednesday mi mittwoch wo woensdag mer mercredi mie miercoles mercoledi ons onsdag τεταρτη τετ רביעי",
            "thu thurs thursday do donnerstag donderdag jeu jeudi jue jueves gio giovedi tor torsdag πεμπτη πεμ חמישי",
            "fri friday fr freitag vr vrijdag ven vendredi vie viernes venerdi fre fredag παρασκευη παρ שישי",
            "sat saturday sa samstag sonnabend za zaterdag sam samedi sab sabado sabato lor lordag σαββατο σαβ שבת",
            "sun sunday so sonntag zo zondag dim dimanche dom domingo domenica son sondag κυριακη κυρ ראשון",
        )
    )
    for name in names.split()
}


def weekday(word: str) -> int | None:
    """The day of the week that a word names in one of the same languages, 0 for Monday; None for another word."""
    return _WEEKDAYS.get(normal(word))


_SEASONS = (
    "spring|summer|autumn|fall|winter|Frühling|Frühjahr|Sommer|Herbst|lente|voorjaar|zomer|herfst|najaar|"
    "printemps|été|automne|hiver|primavera|verano|otoño|invierno|estate|autunno|inverno|forår|efterår|vinter|"
    "άνοιξη|καλοκαίρι|φθινόπωρο|χειμώνας|אביב|קיץ|סתיו|חורף"
)
_YEAR = r"(?:[ ./'’-]*(?:of |de |du |del |di |van )?\d{2,4}(?:[-/]\d{2,4})?)?"
_PERIODS = tuple(
    (re.compile(rf"{front}(?:{pattern}){_YEAR}", re.IGNORECASE), name)
    for front, pattern, name in (
        (r"(?:\d{4}[ /-]*)?", r"[QT] ?[1-4]|[1-4] ?Q|K[1-4]", "a quarter"),
        (
            "",
            r"(?:[1-4](?:\.|st|nd|rd|th|e|er|re|ème|º|°)?|first|second|third|fourth|last|I|II|III|IV) ?"
            r"(?:quarter|Quartal|kwartaal|trimestre|kvartal|τρίμηνο)",
            "a quarter",
        ),
        (
            r"(?:\d{4}[ /-]*)?",
            r"[HS] ?[12]|[12]\. ?(?:Halbjahr|halfjaar|semestre)|(?:first|second) half",
            "half a year",
        ),
        (r"(?:(?:early|mid|late|in|im|in de|en|au|in the)[ -]*)?(?:\d{4}[ /-]*)?", _SEASONS, "a season"),
        (r"(?:\d{4}[ /-]*)?", r"(?:KW|CW|week|Woche|semaine|semana|settimana|uge|wk|W) ?\d{1,2}", "a week"),
        ("", r"M ?\d{1,2}|month \d{1,2}|Monat \d{1,2}|maand \d{1,2}|mois \d{1,2}", "a month of a project"),
        ("", r"(?:19|20|21)\d\d", "a year"),
    )
)


def period(text: str) -> str:
    """What a time that is no day is: “a quarter”, “a season”, “a month”; "" for anything else."""
    said = line(text)
    for pattern, name in _PERIODS:
        if pattern.fullmatch(said):
            return name
    words = re.sub(r"\d+", " ", normal(said)).split()
    return "a month" if words and any(map(str.isdigit, said)) and all(word in _MONTHS for word in words) else ""


_CLOCK = r"(?:um |at |om |à |a las |alle )?(\d{1,2})(?:[:.h](\d\d))?(?::\d\d)? ?(h|Uhr|uur|[ap]\.?m\.?)?(?: ?Z)?$"
_TIME = re.compile(rf"(?:^|[T ,]){_CLOCK}", re.IGNORECASE)
_TIME_BEHIND = re.compile(rf"(?<=\d{{4}})[ ,T]+{_CLOCK}", re.IGNORECASE)


def day(cell: Cell) -> dt.date | _NotUnderstood | None:
    """A day: ISO, day.month.year (also with / or -), “15 June 2021” in six languages, or a spreadsheet's day number.

    The day stands before the month, as everywhere in Europe. A time of day is left out. None for an empty cell.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(cell)) if 20_000 <= cell <= 110_000 else NOT_UNDERSTOOD
    text = line(cell)
    if is_nothing(text):
        return None
    if re.fullmatch(r"\d{5}", text):
        return day(int(text))  # a day as spreadsheets count it, written as text
    text = re.sub(r"^יום ", "", text).replace("׳", "").replace("״", "")
    if (in_front := re.match(r"([^\W\d]+)\.?,? (?=\d)", text)) and normal(in_front[1]) not in _MONTHS:
        text = text[in_front.end() :]  # a weekday
    text = re.sub(r"^1(?:er|º|°) ", "1 ", text)
    text = _TIME_BEHIND.sub("", text)
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,].*)?", text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4}|\d{2})(?:[T ,].*)?", text):
        return _day(_year(match[3]), int(match[2]), int(match[1]))
    words = normal(text).split()
    if len(words) == 3 and words[0].isascii() and words[0].isdigit() and words[2].isascii() and words[2].isdigit():
        return _day(_year(words[2][:5]), _MONTHS.get(words[1], 0), int(words[0][:3]))
    if len(words) == 3 and words[0] in _MONTHS and words[1].isascii() and words[1].isdigit():  # Sep 15, 2026
        return day(f"{words[1]} {words[0]} {words[2]}") if words[2].isascii() and words[2].isdigit() else NOT_UNDERSTOOD
    if len(words) == 4 and words[1] == "de":  # 15 de junio 2021
        return day(" ".join((words[0], *words[2:])))
    if len(words) == 5 and words[1] == words[3] == "de":
        return day(" ".join((words[0], words[2], words[4])))
    return NOT_UNDERSTOOD


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _day(year: int, month: int, date: int) -> dt.date | _NotUnderstood:
    try:
        return dt.date(year, month, date) if 1900 <= year <= 2200 else NOT_UNDERSTOOD
    except ValueError:
        return NOT_UNDERSTOOD


def clock(text: str) -> str | None:
    """The time of day at the end of a text, "2027-03-18T09:30", "9:30 AM", "14 Uhr", as HH:MM; None for none."""
    match = _TIME.search(text.strip())
    if match is None or not (match[2] or match[3]):
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").casefold().replace(".", "")
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def flag(cell: Cell) -> bool | _NotUnderstood | None:
    """Yes or no in six languages, as arrows, or as directed and undirected; None for an empty cell."""
    if isinstance(cell, bool):
        return cell
    text = line(cell)
    if text in {"→", "->"}:
        return True
    if text in {"↔", "<->", "—"}:
        return False
    if is_nothing(text):
        return None
    known = words_of("vocabulary.toml")["Flag"]
    return True if normal(text) in known["yes"] else False if normal(text) in known["no"] else NOT_UNDERSTOOD


_KNOWN_THEMES = {theme.value: theme.value.replace(",", "\x00") for theme in Theme}


def themes(cell: Cell, *, separator: str | None = None) -> str:
    """Several themes of one cell as “a; b”, each once. Without `separator` it is a semicolon where there is one.

    Otherwise line breaks, vertical bars, and at last commas separate; the comma inside one of our own themes does not.
    """
    text = passage(cell)
    if separator is None:
        separator = next((sign for sign in (";", "\n", "|") if sign in text), ",")
    if separator == ",":
        for theme, masked in _KNOWN_THEMES.items():
            text = text.replace(theme, masked)
    parts = (line(part.replace("\x00", ",")) for part in text.split(separator))
    return "; ".join(dict.fromkeys(part for part in parts if part))


def themes_cell(text: str) -> str:
    """Themes as they are written into a file: a closing semicolon says that nothing else separates."""
    return f"{text};" if ";" not in text and any(sign in text for sign in ",|\n") else text

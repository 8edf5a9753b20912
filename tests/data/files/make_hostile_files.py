"""Files that are hard to read, each with what must come of it; run as a script, it writes them into a folder."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Case:
    """A file and its outcome: a table, or a sentence that holds a word."""

    name: str
    content: bytes
    rows: int = 0
    names: tuple[str, ...] | None = None
    columns: int = 0
    cells: Mapping[tuple[int, int], str | None] = field(default_factory=dict)
    dialect: Mapping[str, object] = field(default_factory=dict)
    bad: tuple[int, ...] = ()
    padded: int = 0
    refused: str = ""
    overrides: Mapping[str, object] = field(default_factory=dict)


CASES: list[Case] = []


def table(
    name: str,
    text: str | bytes,
    rows: int,
    names: str | int,
    cells: Mapping[tuple[int, int], str | None] | None = None,
    *,
    encoding: str = "utf-8",
    bad: tuple[int, ...] = (),
    padded: int = 0,
    overrides: Mapping[str, object] | None = None,
    **dialect: object,
) -> None:
    """Note a file that is a table; ``names`` stand apart by a bar, or are a number where there is no header."""
    listed = tuple(names.split("|")) if isinstance(names, str) else None
    CASES.append(
        Case(
            name=name,
            content=text.encode(encoding) if isinstance(text, str) else text,
            rows=rows,
            names=listed,
            columns=len(listed) if listed else int(names),
            cells=cells or {},
            dialect=dialect,
            bad=bad,
            padded=padded,
            overrides=overrides or {},
        )
    )


def refused(name: str, content: str | bytes, word: str) -> None:
    """Note a file that is no table."""
    data = content.encode() if isinstance(content, str) else content
    CASES.append(Case(name=name, content=data, refused=word))


def zipped(*names: str) -> bytes:
    """A zip archive with files of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


BODY = "name,size,colour\n" + "".join(f"n{i},{i}.5,red\n" for i in range(12))
FRENCH = "nom,ville\nJosé,Orléans\nHélène,Besançon\nFrançois,Nîmes\n" * 1 + "Zoé,Sète\n" * 4
POLISH = "imię,miasto\nŁukasz,Łódź\nPaweł,Poznań\nŚwiętosława,Gdańsk\nJoanna,Kraków\n"
CZECH = "jméno,město\nJiří,Český Krumlov\nŽaneta,Třebíč\nBožena,Plzeň\n"
RUSSIAN = "Имя,Город\nИван,Москва\nПётр,Казань\nОльга,Самара\n"
KOREAN = "이름,도시\n김철수,서울\n이영희,부산\n박민수,대구\n"
JAPANESE = "名前,都市\n田中,東京\nサトウ,大阪\nすずき,名古屋\n"
CHINESE = "姓名,城市\n张三,北京\n李四,上海\n王五,广州\n"

# Encodings
for code, text in (
    ("cp1252", FRENCH),
    ("mac-roman", FRENCH),
    ("cp1250", POLISH),
    ("iso8859-2", CZECH),
    ("cp1251", RUSSIAN),
    ("cp949", KOREAN),
    ("shift-jis", JAPANESE),
    ("euc-jp", JAPANESE),
    ("gb18030", CHINESE),
    ("big5", CHINESE.replace("张", "張").replace("广", "廣")),
    ("utf-8-sig", KOREAN),
    ("utf-16", JAPANESE),
    ("utf-16-le", JAPANESE),
    ("utf-16-be", KOREAN),
    ("utf-32", CHINESE),
):
    lines = text.splitlines()
    first = lines[1].split(",")
    table(
        f"encoding-{code}",
        text,
        len(lines) - 1,
        lines[0].replace(",", "|"),
        {(0, 0): first[0], (0, 1): first[1]},
        encoding=code,
    )
table("encoding-utf-16-le-mark", b"\xff\xfe" + BODY.encode("utf-16-le"), 12, "name|size|colour", encoding="utf-16")
table("encoding-utf-16-be-mark", b"\xfe\xff" + BODY.encode("utf-16-be"), 12, "name|size|colour", encoding="utf-16")
table("encoding-mark-twice", b"\xef\xbb\xbf\xef\xbb\xbf" + BODY.encode(), 12, "name|size|colour")
table("encoding-latin-1-control", "a,b\nna\x81ve,1\ncaf\xe9,2\n".encode("latin-1"), 2, "a|b", {(1, 0): "caf\xe9"})

# Delimiters
for label, mark in (("semicolon", ";"), ("tab", "\t"), ("bar", "|"), ("blank", " "), ("caret", "^"), ("colon", ":")):
    table(f"delimiter-{label}", BODY.replace(",", mark), 12, "name|size|colour", {(3, 1): "3.5"}, delimiter=mark)
table(
    "delimiter-runs-of-blanks",
    "x    y  z\n1   2    3\n 10 20 30\n100  200 300  \n",
    3,
    "x|y|z",
    {(1, 0): "10"},
    delimiter=" ",
)
table(
    "delimiter-blanks-and-tabs",
    "x y\tz\n1 \t2 3\n4\t5\t6\n7 8 9\n",
    3,
    "x|y|z",
    {(0, 1): "2"},
    overrides={"delimiter": " "},
)
table("delimiter-in-header-only", "weight; kg\n1.5\n2.5\n3.5\n", 3, "weight; kg", {(0, 0): "1.5"})
table("delimiter-sep-line", "sep=;\na;b\n1,5;2\n2,5;3\n", 2, "a|b", delimiter=";", decimal=",", skip_lines=1)
table("delimiter-sep-line-tab", "sep=\t\na\tb\n1\t2\n3\t4\n", 2, "a|b", delimiter="\t", skip_lines=1)
table("delimiter-sep-line-odd", "SEP=^\na^b\n1^2\n3^4\n", 2, "a|b", delimiter="^", skip_lines=1)
table(
    "delimiter-commas-in-text",
    'id;note\n1;"a, b, c"\n2;"d, e"\n3;"f"\n',
    3,
    "id|note",
    {(0, 1): "a, b, c"},
    delimiter=";",
)
table("delimiter-times", "time,value\n10:00,1\n10:05,2\n10:10,3\n", 3, "time|value", delimiter=",")
table("delimiter-trailing-everywhere", "a,b,c,\n1,2,3,\n4,5,6,\n7,8,9,\n", 3, "a|b|c", {(2, 2): "9"}, trailing=True)
table("delimiter-trailing-in-rows", "a;b;c\n1;2;3;\n4;5;6;\n", 2, "a|b|c", trailing=True)
table("delimiter-trailing-in-header", "a,b,c,\n1,2,3\n4,5,6\n", 2, "a|b|c", trailing=False)
table("delimiter-trailing-once", "a,b\n1,2\n3,4,\n5,6\n7,8\n", 4, "a|b", {(1, 1): "4"})
table("delimiter-trailing-but-once", "a,b,\n1,2,\n3,4,\n5,6,x\n" + "7,8,\n" * 9, 12, "a|b|column 3", trailing=False)

# Quotes
table("quote-single", "id,name\n1,'a, b'\n2,'c, d'\n3,'e'\n", 3, "id|name", {(0, 1): "a, b"}, quote="'")
table("quote-doubled", 'id,name\n1,"say ""hi"""\n2,"x"\n', 2, "id|name", {(0, 1): 'say "hi"'}, escape="doubled")
table(
    "quote-backslash",
    'id,name\n1,"say \\"hi\\", you"\n2,"x"\n3,"C:\\new"\n',
    3,
    "id|name",
    {(0, 1): 'say "hi", you', (2, 1): "C:\\new"},
    escape="backslash",
)
table(
    "quote-backslash-null",
    'id,name\n1,"a \\"b\\""\n2,\\N\n3,"c \\\\ d"\n',
    3,
    "id|name",
    {(1, 1): None, (2, 1): "c \\ d"},
    escape="backslash",
)
table(
    "quote-path-before-closing",
    'id,path\n1,"C:\\dir\\"\n2,"D:\\"\n3,"E:\\x"\n',
    3,
    "id|path",
    {(0, 1): "C:\\dir\\"},
    escape="doubled",
)
table(
    "quote-none-escaped-delimiter",
    "id,name\n1,a\\, b\n2,c\\, d\n3,e\n",
    3,
    "id|name",
    {(0, 1): "a, b"},
    escape="backslash",
)
table("quote-apostrophes", "name,town\nO'Brien,Cork\nD'Arcy,Bath\nO'Neil,York\n", 3, "name|town", {(0, 0): "O'Brien"})
table("quote-inches", 'pipe,price\n5" steel,1\n6" steel,2\n7" steel,3\n', 3, "pipe|price", {(0, 0): '5" steel'})
table(
    "quote-line-breaks", 'id,text\n1,"one\ntwo\r\nthree"\n2,"x"\n3,"y\n"\n', 3, "id|text", {(0, 1): "one\ntwo\r\nthree"}
)
table("quote-line-break-in-header", '"first\nname",age\nA,1\nB,2\n', 2, "first name|age")
table(
    "quote-never-closed", 'id,name,n\n1,"Alpha",10\n2,"Beta,20\n3,"Gamma",30\n4,"Delta",40\n', 3, "id|name|n", bad=(3,)
)
table("quote-never-closed-last", "id,name\n" + '1,"x"\n' * 5 + '2,"y\n', 5, "id|name", bad=(7,))
table("quote-middle", 'id,name\n1,"ok"\n2,"Weird" Al\n3,"fine"\n4,"good"\n', 3, "id|name", bad=(3,))
table(
    "quote-closed-far-below",
    "a,b,c\n" + '1,"x",3\n' * 4 + '4,"open,6\n7,8,9\n10,11,12\n13,14",15\n' + '1,"x",3\n' * 4,
    11,
    "a|b|c",
    bad=(6,),
)
table(
    "quote-starts-text",
    'title,year\n"Heroes" and more,1977\nLow,1977\nLodger,1979\nStage,1978\n',
    4,
    "title|year",
    {(0, 0): '"Heroes" and more'},
    quote=None,
)
table("quote-empty", 'a,b\n"",""\n"1","2"\n', 2, "a|b", {(0, 0): None})
table(
    "quote-blank-before",
    'a, b, c\n1, "x, y", "p ""q"""\n2, "z", "r"\n',
    2,
    "a|b|c",
    {(0, 1): "x, y", (0, 2): 'p "q"', (1, 1): "z"},
    quote='"',
    spaced=True,
)
table(
    "quote-blank-before-single",
    "id; name\n1; 'x; y'\n2; 'z'\n3; 'w'\n",
    3,
    "id|name",
    {(0, 1): "x; y"},
    quote="'",
    spaced=True,
)
table(
    "quote-blank-before-some",
    'id,name\n1, "a"\n2,"b"\n3,"c"\n',
    3,
    "id|name",
    {(0, 1): '"a"', (1, 1): "b"},
    spaced=False,
)
table("cells-like-tags", "<b>,c\n<b>,2\n<i>,4\n<b>,5\n", 3, "<b>|c", {(0, 0): "<b>"})
table("quote-everything", '"a","b"\n"1","2,5"\n"3","4,5"\n', 2, "a|b", decimal=",")
table("quote-header-only", '"a b";"c d"\n1;2\n3;4\n', 2, "a b|c d", delimiter=";")
table("quote-header-broken", '"a,b\n1,2\n3,4\n5,6\n', 3, 2, overrides={"delimiter": ",", "header": True})

# Line ends
table("lines-crlf", BODY.replace("\n", "\r\n"), 12, "name|size|colour")
table("lines-cr", BODY.replace("\n", "\r"), 12, "name|size|colour")
table("lines-mixed", "a,b\r\n1,2\n3,4\r5,6\r\n7,8", 4, "a|b", {(3, 1): "8"})
table("lines-cr-cr-lf", "a,b\r\r\n1,2\r\r\n3,4\r\r\n", 2, "a|b")
table("lines-no-end", "a,b\n1,2\n3,4", 2, "a|b", {(1, 1): "4"})
table("lines-blank-between", "a,b\n\n1,2\n\n\n3,4\n\n", 2, "a|b")
table("lines-lone-cr-in-cell", "a,b,c\n1,x\ry,3\n4,z,6\n7,w,9\n", 2, "a|b|c", bad=(2, 3))
table("lines-quoted-cr", 'a,b\n1,"x\ry"\n2,"z"\n', 2, "a|b", {(0, 1): "x\ry"})
table("lines-unicode-separators", "a,b\n1,x\u2028y\n2,z\x0bw\n3,v\x85u\n", 3, "a|b", {(0, 1): "x\u2028y"})
table("lines-dos-end", b"a,b\r\n1,2\r\n3,4\r\n\x1a", 2, "a|b", {(1, 1): "4"})
table("lines-mark-inside", "a,b\n1,2\n3,4\n\ufeff5,6\n7,8\n", 4, "a|b", {(2, 0): "5"})
table("lines-many-at-end", "a,b\n1,2\n3,4\n" + "\n" * 500, 2, "a|b")

# Headers
table("header-none", "5.1,3.5,a\n4.9,3.0,b\n4.7,3.2,a\n", 3, 3, header=False)
table("header-years", "2001,2002,2003\n5.1,6.2,7.3\n5.5,6.6,7.7\n", 2, "2001|2002|2003", header=True)
table("header-dates", "shop,2020-01,2020-02\nA,1,2\nB,3,4\nC,5,6\n", 3, "shop|2020-01|2020-02", header=True)
table("header-repeated", "a,a,b,a\n1,2,3,4\n5,6,7,8\n", 2, "a|a 2|b|a 3")
table("header-repeated-clash", "a,a,a 2\n1,2,3\n5,6,7\n", 2, "a|a 2|a 2 2")
table("header-empty-cell", "id,,b\n1,2,3\n4,5,6\n", 2, "id|column 2|b")
table("header-blanks-around", " a , b\t,c \n1,2,3\n4,5,6\n", 2, "a|b|c")
table("header-row-names", "x y z\na 1 2 3\nb 4 5 6\n", 2, "column 1|x|y|z")
table(
    "header-one-longer",
    "a,b,c,d\n1,2,3\n4,5,6\n7,8,9\n",
    3,
    "a|b|c|d",
    {(0, 3): None, (0, 2): "3"},
    padded=3,
    ragged="pad",
)
table("header-long", "a" * 5000 + ",b\n1,2\n3,4\n", 2, "a" * 5000 + "|b")
table("header-emoji", "😀,b\n1,👍🏽\n2,é\n", 2, "😀|b", {(0, 1): "👍🏽"})
table("header-right-to-left", "שם,גיל\nדוד,30\nשרה,40\n", 2, "שם|גיל", {(0, 0): "דוד"})
table(
    "header-sql",
    '"select * from t; drop table t",b\'"\n1,2\n3,4\n'.replace('"', ""),
    2,
    "select * from t; drop table t|b'",
    delimiter=",",
    overrides={"delimiter": ","},
)

# Lines above the table
table("preamble-comments", "# made by hand\n# in 2020\na,b\n1,2\n3,4\n", 2, "a|b", skip_lines=2)
table("preamble-title", "Sales of the year\n\na,b,c\n1,2,3\n3,4,5\n", 2, "a|b|c", skip_lines=2)
table("preamble-padded-title", "Sales of the year,,\na,b,c\n1,2,3\n3,4,5\n", 2, "a|b|c", skip_lines=1)
table(
    "preamble-pairs",
    "Station,Kassel\nUnit,mm\n\ndate,rain,sun\n" + "2020-01-02,1,2\n" * 9,
    9,
    "date|rain|sun",
    skip_lines=3,
)
table("preamble-footer", "a,b,c\n" + "1,2,3\n" * 9 + "Source: the web\n", 9, "a|b|c", bad=(11,))

# Cells
table("cells-decimal-comma", "a;b\n1,5;x\n2,25;y\n", 2, "a|b", decimal=",", thousands=None)
table("cells-european", "a;b\n1.234,5;x\n2.000,25;y\n", 2, "a|b", decimal=",", thousands=".")
table("cells-thousands", 'a,b\n"1,234",x\n"12,345",y\n', 2, "a|b", decimal=".", thousands=",")
table("cells-thousands-blank", "a;b\n1 234;x\n12 345;y\n", 2, "a|b", thousands=" ")
table("cells-swiss", "a;b\n1'234.5;x\n12'345.0;y\n", 2, "a|b", thousands="'")
table(
    "cells-formulas",
    'a,b\n=1+1,@SUM(A1)\n"=HYPERLINK(""x"")",-2+3\n',
    2,
    "a|b",
    {(0, 0): "=1+1", (1, 0): '=HYPERLINK("x")'},
)
table(
    "cells-missing-words",
    "a,b\nNA,1\n?,2\nx,NULL\n#N/A,-\n",
    4,
    "a|b",
    {(0, 0): None, (1, 0): None, (2, 1): None, (3, 1): None},
)
table("cells-only-delimiters", "a,b,c\n1,2,3\n,,\n4,5,6\n", 3, "a|b|c", {(1, 0): None})
table("cells-huge", "a,b\n1," + "x" * 900_000 + "\n2,y\n", 2, "a|b", {(1, 1): "y"})
table("cells-huge-quoted", 'a,b\n1,"' + "x,\n" * 200_000 + '"\n2,y\n', 2, "a|b", {(1, 1): "y"})
table("cells-zero-widths", "a,b\n\u200b1,2\n3,\u00a04\u00a0\n", 2, "a|b", {(1, 1): "4"})
table("cells-control-marks", b"a,b\n1,\x07x\n2,y\x1b[0m\n", 2, "a|b", {(0, 1): "\x07x"})
table(
    "cells-big-numbers",
    "a,b\n123456789012345678901234567890,1e400\n1,2\n",
    2,
    "a|b",
    {(0, 0): "123456789012345678901234567890"},
)
table("cells-codes", "zip,n\n00501,1\n01001,2\n", 2, "zip|n", {(0, 0): "00501"})
table("cells-lone-surrogate-escape", b"a,b\n\xed\xa0\x80,1\nx,2\n", 2, "a|b")

# Widths
table("width-one", "weight\n1.5\n2.5\n3.5\n", 3, "weight", {(2, 0): "3.5"})
table(
    "width-one-text",
    "comment\nHello, world\nA line of text\nMore, and more, text\nEnd\n",
    4,
    "comment",
    {(0, 0): "Hello, world"},
)
table(
    "width-one-times",
    "when\n2020-01-02 10:00\n2020-01-03 11:30\n2020-01-04 09:15\n",
    3,
    "when",
    {(0, 0): "2020-01-02 10:00"},
)
table("width-one-no-header", "1\n2\n3\n", 3, 1, header=False)
table("width-one-quoted", '"a"\n"x, y"\n""\n"z"\n', 3, "a", {(0, 0): "x, y", (1, 0): None})
table(
    "width-2000",
    ",".join(f"c{i}" for i in range(2000)) + "\n" + (",".join("1" * 2000) + "\n") * 3,
    3,
    "|".join(f"c{i}" for i in range(2000)),
)
table("width-ragged", "a,b,c\n1,2,3\n4,5\n6,7,8\n9,10,11,12\n13,14,15\n16,17,18\n", 4, "a|b|c", bad=(3, 5))
table(
    "width-ragged-padded",
    "a,b,c\n1,2,3\n4,5\n6,7,8\n9,10,11,\n13,14,15\n",
    5,
    "a|b|c",
    {(1, 2): None, (3, 2): "11"},
    padded=1,
    overrides={"ragged": "pad"},
)
table("width-one-row", "a,b\n1,2\n", 1, "a|b")

# Packed
table("packed-gzip", gzip.compress(BODY.encode(), mtime=0), 12, "name|size|colour")
table("packed-gzip-utf-16", gzip.compress(BODY.encode("utf-16"), mtime=0), 12, "name|size|colour", encoding="utf-16")
refused("packed-cut-short", gzip.compress(BODY.encode() * 2000, mtime=0)[:-400], "unpacked")
refused("packed-twice", gzip.compress(gzip.compress(BODY.encode(), mtime=0), mtime=0), "packed twice")
refused("packed-nothing", gzip.compress(b"", mtime=0), "empty")

# No tables
refused("none-empty", b"", "empty")
refused("none-blank", b" \n\r\n\t\n", "empty")
refused("none-header-only", "a,b,c\n", "no rows")
refused("none-excel", zipped("[Content_Types].xml", "xl/workbook.xml"), "Excel")
refused("none-ods", zipped("mimetype") + b"oasis.opendocument.spreadsheet", "OpenDocument")
refused("none-word", zipped("[Content_Types].xml", "word/document.xml"), "Word")
refused("none-zip", zipped("data.csv"), "zip")
refused("none-old-excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Excel")
refused("none-png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG")
refused("none-jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG")
refused("none-pdf", b"%PDF-1.7\n%\xe2\xe3\n", "PDF")
refused("none-page", "<!DOCTYPE html>\n<html><body>a,b</body></html>", "web page")
refused("none-xml", "<?xml version='1.0'?><a><b/></a>", "XML")
refused("none-svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9"><path d="M0,0 1,1"/></svg>', "an SVG picture")
refused("none-svg-declared", "<?xml version='1.0'?>\n<!-- a, b -->\n<!DOCTYPE svg>\n<svg\n x='1'>\n</svg>", "SVG")
refused("none-page-cut-short", "<html\n lang='en'><p>x,y</p>\n", "web page")
refused("none-page-part", "<table><tr><td>1</td><td>2</td></tr></table>", "web page")
refused("none-feed", "<rss version='2.0'>\n<channel>\n<title>a, b</title>\n", "XML")
refused("none-json", json.dumps([{"a": 1, "b": 2}] * 3), "JSON")
refused("none-json-lines", '{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n', "JSON")
refused("none-json-object", json.dumps({"rows": [1, 2, 3]}, indent=2), "JSON")
refused("none-binary", bytes(range(256)) * 20, "binary")
refused("none-null-bytes", b"a,b\n1,\0\n2,3\n", "binary")
refused("none-sqlite", b"SQLite format 3\0" + bytes(100), "SQLite")
refused("none-parquet-damaged", b"PAR1" + b"x" * 50 + b"PAR1", "Parquet")
refused("none-tar", b"data.csv" + bytes(249) + b"ustar\x0000" + bytes(250), "tar")
refused("none-one-giant-line", b"x" * 33_000_000 + b"\n", "no rows")


def main(folder: Path) -> None:
    """Write all files and a list of what must come of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        (folder / f"{case.name}.csv").write_bytes(case.content)
    outcomes = [
        {
            "file": f"{case.name}.csv",
            "rows": case.rows,
            "columns": case.columns,
            "bad": case.bad,
            "refused": case.refused,
        }
        for case in CASES
    ]
    (folder / "outcomes.json").write_text(json.dumps(outcomes, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "hostile_files"))

"""Files that are packed, and files that are no tables."""

from __future__ import annotations

import gzip
import json

from hostile_case import BODY, refused, table, zipped

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

"""Files that are hard to read for what stands where: headers, lines above the table, cells, widths."""

from __future__ import annotations

from hostile_case import table

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

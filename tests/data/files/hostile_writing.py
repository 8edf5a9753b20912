"""Files that are hard to read for how they are written: encodings, delimiters, quotes, line ends."""

from __future__ import annotations

from hostile_case import BODY, table

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

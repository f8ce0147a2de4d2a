/** Clipboards of Word, Excel, LibreOffice, Google Sheets and mails: cells stay cells, and lines of days are meetings. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { block, meetings, monthComesFirst, parse, read, readLines, table } from "../../../copdash/components/boards/shared/pasted.js";

/** A clipboard that holds these. @param {Record<string, string>} held */
const clipboard = (held) => /** @type {any} */ ({ getData: (kind) => held[kind] || "" });

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0} td {x:y} --></style></head>
<body lang=EN-GB><!--StartFragment--><table class=MsoTableGrid border=1><tr style='mso-yfti-irow:0'>
<td width=200 valign=top style='width:2in'><p class=MsoNormal><b>Name</b><o:p></o:p></p></td><td><p class=MsoNormal>Power</p></td></tr>
<tr><td><p class=MsoNormal>Canal&nbsp;board</p><p class=MsoNormal>and its
 locks</p></td><td><p class=MsoNormal><span lang=NL>8</span></p></td></tr></table><!--EndFragment--></body></html>`;
const EXCEL = `<html><head><meta name=Generator content="Microsoft Excel 15"><style><!--td{mso-ignore:padding;}--></style></head><body>
<table border=0 cellpadding=0><!--StartFragment--><col width=64 span=2><tr height=20><td height=20 class=xl65>Name</td><td>Power</td></tr>
<tr><td>Canal board<br>
    and its locks</td><td align=right>8</td></tr><!--EndFragment--></table></body></html>`;
const LIBRE = `<!DOCTYPE html><html><head><title></title><meta name="generator" content="LibreOffice"></head><body>
<table cellspacing="0"><colgroup span="2"></colgroup><tr><td height="17" align="left">Name</td><td>Power</td></tr>
<tr><td>Canal board<br>and its locks</td><td sdval="8" sdnum="1033;">8</td></tr></table></body></html>`;
const GOOGLE = `<meta charset='utf-8'><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}--></style>
<table xmlns="http://www.w3.org/1999/xhtml" dir="ltr" border="1"><colgroup><col width="100"/></colgroup><tbody><tr style="height:21px;">
<td data-sheets-value="{&quot;1&quot;:2,&quot;2&quot;:&quot;Name&quot;}">Name</td><td>Power</td></tr>
<tr><td data-sheets-value='a > b'>Canal board<br/>and its locks</td><td>8</td></tr></tbody></table>`;

for (const [program, html] of Object.entries({ WORD, EXCEL, LIBRE, GOOGLE })) {
  test(`a table of ${program} is its cells, with line breaks in them`, () => {
    assert.deepEqual(table(html), [["Name", "Power"], ["Canal board\nand its locks", "8"]]);
  });
}

test("a table counts more than the text beside it, and text counts where there is none", () => {
  assert.deepEqual(block(clipboard({ "text/html": WORD, "text/plain": "Name\tPower\nCanal board\nand its locks\t8" })).length, 2);
  assert.deepEqual(block(clipboard({ "text/html": "<p>a</p>", "text/plain": "a\tb" })), [["a", "b"]]);
  assert.deepEqual(block(clipboard({ "text/plain": "a\tb\n" })), [["a", "b"]]);
  assert.deepEqual(block(null), []);
});

test("merged cells: downwards each row says it, sideways the first column does", () => {
  const html = '<table><tr><td rowspan=3>Utilities</td><td colspan="2">Both</td><td>x</td></tr><tr><td>a</td><td>b</td><td>c</td></tr>'
    + "<tr><td>d</td><td>e</td><td>f</td></tr><tr><td>g</td><td>h</td><td>i</td><td>j</td></tr></table>";
  assert.deepEqual(table(html), [
    ["Utilities", "Both", "", "x"], ["Utilities", "a", "b", "c"], ["Utilities", "d", "e", "f"], ["g", "h", "i", "j"],
  ]);
});

test("signs are decoded, apostrophes of spreadsheets taken off, and nothing of a cell is markup", () => {
  const html = "<table><tr><td>M&uuml;hle &amp; S&oslash;n &#8364; &#x20ac; &nope;</td><td>'=1+1</td><td>&lt;b&gt;x&lt;/b&gt;</td><td><script>alert(1)</script>y</td></tr></table>";
  assert.deepEqual(table(html), [["Mühle & Søn € € &nope;", "=1+1", "<b>x</b>", "y"]]);
});

test("tables whose ends are not written, and a table inside a cell", () => {
  assert.deepEqual(table("<table><tr><td>a<td>b<tr><td>c<td>d"), [["a", "b"], ["c", "d"]]);
  assert.deepEqual(table("<table><tr><td>a<table><tr><td>in</td><td>ner</td></tr></table></td><td>b</td></tr></table>"), [["a in ner", "b"]]);
});

test("a page of text with a small table in it is text", () => {
  assert.equal(table("<p>Dear all, here is what we said in the meeting.</p><table><tr><td>Ann</td></tr></table>"), null);
  assert.equal(table("<p>no table</p>"), null);
  assert.equal(table(""), null);
});

test("hostile tables are bounded", () => {
  assert.equal(table("<table>" + "<tr><td>a</td></tr>".repeat(30_000)), null);
  assert.equal(table(`<table>${"<tr><td colspan=99999>a".repeat(3_000)}`), null);
  assert.ok((table("<table><tr><td rowspan=99999 colspan=99999>a</td></tr><tr></tr></table>") || [])[0].length <= 300);
  assert.equal(table("<td" + " ".repeat(9_000_000)), null);
  assert.ok((table(`<table><tr><td ${'a="'.repeat(20_000)}>b`) || []).length < 2); // looked at once, not again and again
  assert.equal(table("<table>".repeat(5_000) + "<tr><td>a</td></tr>"), null);
});

// ---- days -----------------------------------------------------------------------------------------------------------

for (const [text, day] of [
  ["2021-11-03", "2021-11-03"], ["2021/11/3", "2021-11-03"], ["2021-11-03T00:00:00", "2021-11-03"], ["03-11-2021", "2021-11-03"],
  ["3.11.2021", "2021-11-03"], ["11/30/2021", "2021-11-30"], ["3 Nov 2021", "2021-11-03"], ["3. november 2021", "2021-11-03"],
  ["November 3, 2021", "2021-11-03"], [' "2021-11-03" ', "2021-11-03"], ["29.02.2024", "2024-02-29"], ["3.11.21", "2021-11-03"],
  ["4 mei 2027", "2027-05-04"], ["dinsdag 4 mei 2027", "2027-05-04"], ["4. Mai 2027", "2027-05-04"], ["Di., 4. März 2027", "2027-03-04"],
  ["mardi 4 août 2027", "2027-08-04"], ["le 1er février 2027", "2027-02-01"], ["4 de mayo de 2027", "2027-05-04"], ["martes, 4 de diciembre de 2027", "2027-12-04"],
  ["1º maggio 2027", "2027-05-01"], ["4 gennaio 2027", "2027-01-04"], ["May 4th, 2027", "2027-05-04"], ["4th of May 2027", "2027-05-04"],
  ["15-Sep-26", "2026-09-15"], ["4. maj 2027", "2027-05-04"], ["4 Μαΐου 2027", "2027-05-04"], ["4 במאי 2027", "2027-05-04"], ["4 mei '27", "2027-05-04"],
  ["29.02.2023", null], ["31-04-2021", null], ["2021-13-01", null], ["1899-12-31", null], ["2201-01-01", null],
  ["soon", null], ["", null], ["3 Foo 2021", null], ["4 mei", null], ["mei 2027", null], ["12345-01-01", null],
]) {
  test(`«${text}» is ${day ?? "no day"}`, () => assert.equal(read(/** @type {string} */ (text)), day));
}

for (const [line, expected] of /** @type {[string, string[]][]} */ ([
  ["4 mei 2027, Excursie", ["2027-05-04", "2027-05-04", "", "Excursie"]],
  ["- di 4 mei 2027 om 14.30 uur: Excursie naar de polder", ["2027-05-04", "2027-05-04", "14:30", "Excursie naar de polder"]],
  ["4. Mai 2027, 14 Uhr – Begehung", ["2027-05-04", "2027-05-04", "14:00", "Begehung"]],
  ["Mardi 4 mai 2027 à 9h30 : Visite", ["2027-05-04", "2027-05-04", "09:30", "Visite"]],
  ["4 de mayo de 2027 a las 10:00, Excursión", ["2027-05-04", "2027-05-04", "10:00", "Excursión"]],
  ["4 maggio 2027 alle 10:00 - 12:00 Gita", ["2027-05-04", "2027-05-04", "10:00", "Gita"]],
  ["May 4, 2027 2pm: Trip", ["2027-05-04", "2027-05-04", "14:00", "Trip"]],
  ["4-6 mei 2027, Werkbezoek", ["2027-05-04", "2027-05-06", "", "Werkbezoek"]],
  ["vom 4. bis 6. Mai 2027: Reise", ["2027-05-04", "2027-05-06", "", "Reise"]],
  ["du 30 avril au 2 mai 2027, Voyage", ["2027-04-30", "2027-05-02", "", "Voyage"]],
  ["2027-05-04 - 2027-05-06 Trip", ["2027-05-04", "2027-05-06", "", "Trip"]],
  ["30 dec – 2 jan 2028: Winter school", ["2027-12-30", "2028-01-02", "", "Winter school"]],
  ["2) 4 mei 2027 Excursie", ["2027-05-04", "2027-05-04", "", "Excursie"]],
  ["Excursie, 4 mei 2027", ["2027-05-04", "2027-05-04", "", "Excursie"]],
  ["Excursie (4 mei 2027)", ["2027-05-04", "2027-05-04", "", "Excursie"]],
  ["Visit to the works on 4 May 2027", ["2027-05-04", "2027-05-04", "", "Visit to the works"]],
  ["2021-11-03 CoP 2", ["2021-11-03", "2021-11-03", "", "CoP 2"]],
  ["2021-11-03T10:30 CoP 2", ["2021-11-03", "2021-11-03", "10:30", "CoP 2"]],
  ["3 Nov 2021 - 5 people meet", ["2021-11-03", "2021-11-03", "", "5 people meet"]],
])) {
  test(`«${line}» is a meeting`, () => {
    const { found, unread } = readLines(line);
    assert.deepEqual(unread, []);
    assert.deepEqual(found.map(({ day, until, begins, title }) => [day, until, begins, title]), [expected]);
  });
}

for (const line of ["2021-11-03", "no day here 12", "4 mei, Excursie", "31-31-2021 nothing", "5-3 won the match 2027", "1.2.3.4 is an address", "2027 was good"]) {
  test(`«${line}» is no meeting, and told`, () => assert.deepEqual(readLines(line), { found: [], unread: [line] }));
}

test("lines of a date and a title are read from mails and spreadsheets; a heading is passed over", () => {
  const { found, unread } = readLines(
    'Date\tTitle\r\n2021-11-03\tCoP 2: barriers\n3 Dec 2021: "Say ""yes"""\n2022-01-10, Launch, part one\nKick-off\t2021-09-01\n\nno day here\n',
  );
  assert.deepEqual(found.map(({ day, title }) => [day, title]), [
    ["2021-11-03", "CoP 2: barriers"], ["2021-12-03", 'Say "yes"'], ["2022-01-10", "Launch, part one"], ["2021-09-01", "Kick-off"],
  ]);
  assert.deepEqual(unread, ["no day here"]);
});

test("rows of a table: title, first and last day and hour in whatever order", () => {
  const rows = parse("Nr\tWat\tVan\tTot\tTijd\n1\tExcursie\t4 mei 2027\t6 mei 2027\t9:30\n2\tOverleg\t8-5-2027\t\t14 uur\n3\t\t\t\t\n");
  const { found, unread } = meetings(rows);
  assert.deepEqual(found.map(({ day, until, begins, title }) => [day, until, begins, title]), [
    ["2027-05-04", "2027-05-06", "09:30", "Excursie"], ["2027-05-08", "2027-05-08", "14:00", "Overleg"],
  ]);
  assert.deepEqual(unread, ["3"]);
});

test("one value above 12 says which comes first for all", () => {
  assert.equal(monthComesFirst("9/15/2027\n10/5/2027"), true);
  assert.equal(monthComesFirst("15/9/2027\n9/15/2027"), false);
  assert.deepEqual(readLines("9/15/2027 A\n10/5/2027 B").found.map(({ day }) => day), ["2027-09-15", "2027-10-05"]);
  assert.deepEqual(readLines("15/9/2027 A\n10/5/2027 B").found.map(({ day }) => day), ["2027-09-15", "2027-05-10"]);
});

test("a long text of no sense ends", () => {
  for (const text of ["1".repeat(50_000), "4 ".repeat(20_000), "a, ".repeat(10_000), "(".repeat(10_000), "mon ".repeat(10_000), "1-".repeat(20_000)]) {
    assert.deepEqual(readLines(text).found, []);
  }
});

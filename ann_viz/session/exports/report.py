"""The report as a file: one page of HTML that prints well, or of PDF, which the window draws."""

from __future__ import annotations

from datetime import date
from string import Template

from ann_viz.errors import OutputError
from ann_viz.resources import resource
from ann_viz.session.exports.blocks import Block, Figure, Points, Report, Section, Table, Text
from ann_viz.session.exports.format import Progress, Wish
from ann_viz.session.exports.markup import Markup, element, joined, markup, policy_sum
from ann_viz.session.exports.report_content import report_of
from ann_viz.session.exports.stamp import stamp_of
from ann_viz.session.exports.subject import Subject
from ann_viz.translation import translate

__all__ = ["html_of", "write"]


def write(subject: Subject, wish: Wish, progress: Progress = lambda _: None) -> bytes:
    """Return the report; raises OutputError where its rows are not at hand."""
    if subject.dataset is None:
        sentence = translate("A report is made of a project and its data. {why}")
        raise OutputError(sentence.format(why=subject.why_no_data).strip())
    report = report_of(subject, wish.chosen, date.today())
    progress(0.8)
    if wish.suffix == ".html":
        return html_of(report, stamp_of(subject))
    if subject.easel is None:
        raise OutputError(translate("A PDF is drawn by the window. Take the report as HTML, and print it."))
    return subject.easel.paper(report, stamp_of(subject))


def html_of(report: Report, stamp: str) -> bytes:
    """Return a report as a page that loads nothing."""
    before, strong, after = report.lead
    style = "\n" + resource("exports", "page", "report.css").read_text(encoding="utf-8")
    page = Template(resource("exports", "page", "report.html").read_text(encoding="utf-8")).substitute(
        lang=markup(translate("en")),
        title=markup(report.title),
        stamp=markup(stamp),
        style=style,
        style_hash=policy_sum(style),
        subtitle=markup(report.subtitle),
        lead=joined(before, element("b", strong), after),
        sections=joined(*map(_section, report.sections)),
        footer=markup(report.footer),
    )
    return page.encode("utf-8", "surrogatepass")


def _section(section: Section) -> Markup:
    blocks = [_block(block) for block in section.blocks]
    return element("section", element("h2", section.title), *blocks, class_="wide" if section.is_wide else None)


def _block(block: Block) -> Markup:
    if isinstance(block, Text):
        return element("p", block.text)
    if isinstance(block, Points):
        return element("ul", *(element("li", sentence) for sentence in block.sentences))
    if isinstance(block, Figure):
        return element("figure", block.svg, element("figcaption", block.caption))
    return _table(block)


def _table(table: Table) -> Markup:
    head, *rows = table.rows
    lines = [element("tr", *(element("th", cell or " ", scope="col") for cell in head))] if any(head) else []
    for name, *cells in rows:
        numbers = [element("td", cell or " ") for cell in cells]
        lines.append(element("tr", element("th", name, scope="row"), *numbers))
    return element("table", *lines, class_=None if any(head) else "facts")

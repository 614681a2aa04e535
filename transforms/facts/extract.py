"""All facts of one document: the one place that calls the fact modules, each after those it rests on.

Nothing is read here.
"""

from __future__ import annotations

from collections.abc import Collection

from transforms.departments.registry import Registry
from transforms.documents.model import WITHOUT_FIGURE, Document, Table
from transforms.facts.achievements.reading import add_achievements
from transforms.facts.corpus import Corpus
from transforms.facts.excess import refuse_excess_of
from transforms.facts.figures.execution_sums import settle_execution
from transforms.facts.figures.large_projects import add_large_projects
from transforms.facts.figures.rate_quotients import add_quotients
from transforms.facts.figures.reading import add_figures
from transforms.facts.figures.score_sums import add_score_sums
from transforms.facts.figures.score_tables import add_table_scores
from transforms.facts.figures.tables import add_table_figures
from transforms.facts.figures.told_execution import add_told_execution, drop_parts
from transforms.facts.forms.regions import find_regions, without_forms
from transforms.facts.forms.write import add_forms
from transforms.facts.headcount.reading import add_headcount
from transforms.facts.identity.reading import add_document
from transforms.facts.model import Facts, NoteRow, PageRow, UnrecognisedRow
from transforms.facts.organisation.reading import add_organisation
from transforms.facts.outline.mentions import FigureBook
from transforms.facts.outline.outline import Outline, add_headings, build_outline
from transforms.facts.privacy import protect
from transforms.facts.projects.key_listings import settle_told
from transforms.facts.projects.prose import told_projects
from transforms.facts.projects.reading import add_projects
from transforms.facts.projects.tables import ProjectTable, project_tables
from transforms.facts.projects.told import Told, spans_told
from transforms.facts.signs.enumerations import add_enumerations
from transforms.facts.signs.marked_lists import add_marked_lists
from transforms.facts.signs.marks import add_marks
from transforms.facts.signs.periods import add_periods
from transforms.facts.signs.restatements import add_restatements
from transforms.facts.signs.row_figures import add_row_figures
from transforms.facts.signs.row_texts import texts_of
from transforms.facts.signs.sentences import add_sentences
from transforms.facts.signs.sums import add_sums
from transforms.facts.signs.table_sums import add_table_sums
from transforms.facts.signs.words import add_signs
from transforms.facts.statements.goals import add_goals
from transforms.facts.statements.reading import add_statements


def extract(document: Document, registry: Registry) -> Facts:
    """Everything that the document says, group by group; the same document and registry give the same facts.
    Raises Unreadable for more facts than any report has."""
    facts = Facts()
    regions = find_regions(document)
    whole, document = document, without_forms(document, regions)
    outline = build_outline(document)
    add_headings(document, outline, facts)
    add_projects(outline, *_add_stated(document, outline, registry, facts), facts)
    add_restatements(outline, facts.documents[0].fiscal_year, facts)
    add_goals(document, outline, facts)
    add_forms(regions, registry, facts)
    add_achievements(document, outline, facts)
    add_statements(document, outline, facts)
    add_enumerations(outline, facts)
    _add_notes(document, facts)
    facts.pages += [PageRow(ordinal, page, line) for ordinal, (page, line) in enumerate(whole.page_lines)]
    refuse_excess_of(facts)
    corpus = Corpus(document, outline, facts)
    _add_told(corpus, registry, facts)
    refuse_excess_of(facts)
    protect(whole, corpus, facts)
    return facts


def _add_stated(
    document: Document, outline: Outline, registry: Registry, facts: Facts
) -> tuple[list[ProjectTable], list[Told]]:
    """Identity, organisation and all stated scalars, whose mentions are written in reading order; returns the tables
    of projects and those told in prose, which hold none."""
    book = FigureBook(outline)
    add_document(document, outline, registry, book, facts)
    year = facts.documents[0].fiscal_year
    tables = project_tables(document, outline, year)
    told = settle_told(outline, told_projects(outline, tables), tables)
    add_figures(outline, year, told, book)
    add_quotients(book)
    add_large_projects(outline, book)
    of_projects = spans_told(told).keys()
    add_table_figures(outline, year, _numbers(document, tables, of_projects), book)
    add_table_scores(outline, book)
    add_score_sums(outline, book)
    drop_parts(book)
    add_told_execution(outline, year, of_projects, book)
    settle_execution(book)
    add_headcount(outline, year, book)
    add_organisation(outline, facts, book)
    book.write(facts)
    return tables, told


def _numbers(document: Document, tables: list[ProjectTable], of_projects: Collection[int]) -> set[int]:
    """The numbers of the tables of projects, and of those among the blocks that tell of one."""
    told = (document.blocks[index] for index in of_projects)
    return {table.table.number for table in tables} | {one.number for one in told if isinstance(one, Table)}


def _add_told(corpus: Corpus, registry: Registry, facts: Facts) -> None:
    """What the texts tell wherever they stand."""
    row_texts = texts_of(facts.projects)
    add_signs(corpus, row_texts, registry, facts)
    add_marks(corpus, facts)
    add_row_figures(row_texts, facts)
    add_marked_lists(corpus, facts)
    add_periods(corpus, row_texts, facts)
    add_sums(corpus, facts)
    add_table_sums(corpus, facts)
    add_sentences(corpus, facts)


def _add_notes(document: Document, facts: Facts) -> None:
    for ordinal, note in enumerate(document.notes):
        facts.notes.append(NoteRow(ordinal, note.kind.value, note.detail, *note.place))
        if note.kind in WITHOUT_FIGURE:
            facts.unrecognised.append(UnrecognisedRow(len(facts.unrecognised), "figure", note.detail, note.place.line))

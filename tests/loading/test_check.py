"""Every fault that `kb check` finds, as the one line that a user reads, and what is no fault."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kb.evidence.texts import Texts
from kb.loading.book import Book
from kb.loading.links import Links
from kb.loading.lost import lost_quotations
from kb.loading.report import check_summary, faults_text, links_text
from loaders.tables import read_book
from tests.tables import AROUND, read_tables, write_tables

TODAY = datetime.now(UTC).date()

# What code the case is about, the table, its text, and the lines. The header is row 1.
CASES: list[tuple[str, str, str, list[str]]] = [
    # --- of the whole table -------------------------------------------------------------------
    (
        "blank-row",
        "cases",
        "id,title\nc-1,One\n\nc-2,Two\n,,\n  ,\n\nc-3,Three\n\n",
        [
            "cases.csv row 3: warning [blank-row] the row is empty. Delete what is empty.",
            "cases.csv row 5: warning [blank-row] 3 rows are empty from here on. Delete what is empty.",
        ],
    ),
    (
        "missing-table",
        "schism",
        "id,from,to\n",
        [
            "schism.csv: warning [missing-table] no table of the model has this name, it was left out. "
            "Did you mean 'schisms'?"
        ],
    ),
    (
        "missing-column",
        "pledges",
        "id,from,date\np-1,red-front,2014\n",
        [
            "pledges.csv row 1, column to: error [missing-column] there is no column to. "
            "Required are id, from, to, act.",
            "pledges.csv row 1, column act: error [missing-column] there is no column act. "
            "Required are id, from, to, act.",
        ],
    ),
    (
        "missing-column",
        "cases",
        "",
        [
            "cases.csv row 1: error [missing-column] the first row is empty. "
            "It must hold the column names: id, title."
        ],
    ),
    (
        "missing-column",
        "cases",
        "The cases of our study,,,\nid,title\nc-1,One\n",
        [
            "cases.csv row 1: error [missing-column] the first row names no column of cases. "
            "Row 2 looks like the header: delete the row above it."
        ],
    ),
    (
        "missing-column",
        "cases",
        "Nummer,Titel\nc-1,One\n",
        [
            "cases.csv row 1: error [missing-column] the first row names no column of cases. "
            "It must hold the column names: id, title."
        ],
    ),
    (
        "missing-column",
        "cases",
        "\nOur cases\n\nid,title\nc-1,One\n",
        [
            "cases.csv row 1: error [missing-column] the first row is empty. "
            "Row 4 looks like the header: delete the 3 rows above it."
        ],
    ),
    (
        "unknown-column",
        "cases",
        "id,title,qestion\nc-1,One,Why?\n",
        [
            "cases.csv row 1, column qestion: error [unknown-column] cases has no column 'qestion'. "
            "Did you mean 'question'?"
        ],
    ),
    (
        "unknown-column",
        "cases",
        "id,title,colour\nc-1,One,red\n",
        [
            "cases.csv row 1, column colour: error [unknown-column] cases has no column 'colour'. "
            "Known: id, title, question, note."
        ],
    ),
    (
        "unknown-column",
        "cases",
        "id,Title, title ,note\nc-1,One,Two,\n",
        [
            "cases.csv row 1, column title: error [unknown-column] the column title stands twice. "
            "Remove one of them."
        ],
    ),
    (
        "unknown-column",
        "cases",
        "id,title,,note\nc-1,One,,\n",
        [
            "cases.csv row 1, column C: error [unknown-column] the column has no name. "
            "Write its name in the first row, or delete the column."
        ],
    ),
    # --- of one cell --------------------------------------------------------------------------
    (
        "type-error",
        "support",
        "id,from,to,support_type,alleged,quantity,evidence\n"
        "s-1,red-front,blue-front,training,perhaps,many,ev-1\n",
        [
            "support.csv row 2, column alleged: error [type-error] 'perhaps' is neither true nor false. "
            "Write true or false.",
            "support.csv row 2, column quantity: error [type-error] 'many' is not a number. "
            "Write digits, with a point for decimals.",
        ],
    ),
    (
        "type-error",
        "cases",
        "id,title\nc-1,One, two and three\n",
        [
            "cases.csv row 2: error [type-error] the row has 3 cells, the header 2. "
            "Name every column; in CSV a cell that holds a comma must stand in quotation marks."
        ],
    ),
    (
        "bad-value",
        "pledges",
        "id,from,to,act,evidence\nP 1,red-front,blue-front,plegde,ev-1\n",
        [
            "pledges.csv row 2, column id: error [bad-value] 'P 1' is not an id. "
            "Use 2 to 80 small letters, digits and hyphens, beginning with a letter or digit.",
            "pledges.csv row 2, column act: error [bad-value] 'plegde' is not allowed here. "
            "Did you mean 'pledge'?",
        ],
    ),
    (
        "bad-value",
        "pledges",
        "id,from,to,act,scope,evidence\np-1,red-front,blue-front,pledge,half,ev-1\n",
        [
            "pledges.csv row 2, column scope: error [bad-value] 'half' is not allowed here. "
            "One of: whole, faction, individuals."
        ],
    ),
    (
        "bad-value",
        "events",
        "id,title,event_type,participants,evidence\ne-1,They met,meeting,red-front,ev-1\n",
        [
            "events.csv row 2, column participants: error [bad-value] 'red-front' is not actor=role. "
            "Write actor=role;actor=role."
        ],
    ),
    (
        "bad-value",
        "cases",
        "id,title\nc-1,On\x0be\n",
        [
            "cases.csv row 2, column title: error [bad-value] the cell holds the control character U+000B. "
            "Delete it."
        ],
    ),
    (
        "required",
        "pledges",
        "id,from,to,act,evidence\np-1,red-front,  ,pledge,ev-1\np-2,red-front\n",
        [
            "pledges.csv row 2, column to: error [required] to is empty. Fill the cell.",
            "pledges.csv row 3, column to: error [required] to is empty. Fill the cell.",
            "pledges.csv row 3, column act: error [required] act is empty. Fill the cell.",
        ],
    ),
    # --- words for nothing, and what a spreadsheet puts in the place of a value ----------------
    (
        "bad-value",
        "pledges",
        "id,from,to,act,scope,date,note,evidence,occurrence,name_as_printed\n"
        "p-1,red-front,-,pledge,NA,n/a,.,ev-1,?,n/a\n",
        [
            "pledges.csv row 2, column to: error [foreign-key] '-' names nothing. Name a record here.",
            "pledges.csv row 2, column note: warning [bad-value] '.' is kept as it stands. "
            "Leave the cell empty when that is not known.",
            "pledges.csv row 2, column occurrence: warning [bad-value] '?' is kept as it stands. "
            "Leave the cell empty when that is not known.",
            "pledges.csv row 2, column scope: error [bad-value] 'NA' is not allowed here. "
            "Leave the cell empty when that is not known.",
            "pledges.csv row 2, column date: error [date-syntax] 'n/a' is not a date this program reads. "
            "Leave the cell empty when that is not known.",
        ],
    ),
    (
        "bad-value",
        "pledges",
        "id,from,to,act,note,_mine,evidence,date\np-1,red-front,#N/A,pledge,#REF!,#N/A,ev-1,#NAME?\n",
        [
            "pledges.csv row 2, column to: error [foreign-key] '#N/A' names nothing. Name a record here.",
            "pledges.csv row 2, column note: warning [bad-value] '#REF!' is kept as it stands. "
            "Correct its formula.",
            "pledges.csv row 2, column date: error [date-syntax] '#NAME?' is not a date this program reads. "
            "Correct its formula.",
        ],
    ),
    (
        "type-error",
        "support",
        "id,from,to,support_type,quantity,unit,evidence\n"
        's-1,red-front,blue-front,training,"1,234",men,ev-1\n'
        's-2,red-front,blue-front,training,"1,5",tons,ev-1\n'
        "s-3,red-front,blue-front,training,50%,,ev-1\n"
        "s-4,red-front,blue-front,training,1 234 567,men,ev-1\n",
        [
            "support.csv row 2, column quantity: error [type-error] '1,234' is not a number. "
            "Write 1234 or 1.234.",
            "support.csv row 3, column quantity: error [type-error] '1,5' is not a number. Write 1.5.",
            "support.csv row 4, column quantity: error [type-error] '50%' is not a number. "
            "Write 50, and % as its unit.",
            "support.csv row 5, column quantity: error [type-error] '1 234 567' is not a number. "
            "Write 1234567.",
        ],
    ),
    # --- dates --------------------------------------------------------------------------------
    (
        "date-syntax",
        "schisms",
        "id,from,to,date,evidence\nx-1,red-front,blue-front,10/11/2014,ev-1\n"
        "x-2,red-front,blue-front,199X~,ev-1\n",
        [
            "schisms.csv row 2, column date: error [date-syntax] "
            "'10/11/2014' is not a date this program reads. "
            "Write 2014-11-10 or 2014-10-11.",
            "schisms.csv row 3, column date: error [date-syntax] '199X~' joins X with ~. "
            "Write one of the two: X is vague already.",
        ],
    ),
    (
        "date-syntax",
        "pledges",
        "id,from,to,act,date,evidence\np-1,red-front,blue-front,pledge,2014/2015-03,ev-1\n",
        [
            "pledges.csv row 2, column date: error [date-syntax] "
            "'2014/2015-03' is a spell, but a pledge happens on one day. "
            "Write [2014..2015-03] for one unknown day between."
        ],
    ),
    (
        "date-syntax",
        "events",
        "id,title,event_type,date,evidence\ne-1,A clash,clash,2014/2015,ev-1\n"
        "e-2,A talk,meeting,2014/..,ev-1\n",
        [
            "events.csv row 3, column date: error [date-syntax] "
            "'2014/..' is a spell, but an event happens on one day. "
            "Write [2014..] for one unknown day between."
        ],
    ),
    (
        "date-reversed",
        "ties",
        "id,from,to,tie_type,date,evidence\nt-1,red-front,blue-front,rivalry,2014/2013,ev-1\n",
        [
            "ties.csv row 2, column date: error [date-reversed] '2014/2013' ends before it starts. "
            "Write 2013/2014 for a spell, [2013..2014] for one unknown day between."
        ],
    ),
    (
        "date-future",
        "ties",
        "id,from,to,tie_type,date,evidence\nt-1,red-front,blue-front,rivalry,2999,ev-1\n"
        "t-2,red-front,blue-front,rivalry,2014/2999,ev-1\n",
        [
            f"ties.csv row 2, column date: error [date-future] '2999' lies after {TODAY}. Check the year.",
            f"ties.csv row 3, column date: error [date-future] '2014/2999' lies after {TODAY}. "
            "Write .. for an end that is still open.",
        ],
    ),
    # --- of one row ---------------------------------------------------------------------------
    (
        "note-required",
        "ties",
        "id,from,to,tie_type,status,basis,note,evidence\n"
        "t-1,red-front,blue-front,rivalry,disputed,,,ev-1\n"
        "t-2,red-front,green-army,rivalry,rejected,,,ev-1\n"
        "t-3,blue-front,green-army,rivalry,,outside,,ev-1\n"
        "t-4,blue-front,green-army,clash,disputed,outside,Two works differ.,ev-1\n",
        [
            "ties.csv row 2, column note: error [note-required] status is disputed and note is empty. "
            "Say why in note.",
            "ties.csv row 3, column note: error [note-required] status is rejected and note is empty. "
            "Say why in note.",
            "ties.csv row 4, column note: error [note-required] basis is outside and note is empty. "
            "Say why in note.",
        ],
    ),
    (
        "rule-required",
        "ties",
        "id,from,to,tie_type,basis,rule,evidence\n"
        "t-1,red-front,blue-front,rivalry,inferred,,ev-1\nt-2,red-front,blue-front,clash,inferred,r1,ev-1\n",
        [
            "ties.csv row 2, column rule: error [rule-required] basis is inferred and rule is empty. "
            "Name the rule of the codebook."
        ],
    ),
    (
        "bad-value",
        "support",
        "id,from,to,support_type,presence,stage,evidence\n"
        "s-1,red-front,blue-front,any,,,ev-1\n"
        "s-2,red-front,blue-front,any,absent,,ev-1\n"
        "s-3,red-front,blue-front,training,absent,promised,ev-1\n",
        [
            "support.csv row 2, column support_type: error [bad-value] "
            "any is only allowed with presence absent. "
            "For some of the five: unspecified.",
            "support.csv row 4, column presence: error [bad-value] "
            "absent is only allowed with stage given, not promised. Leave stage empty.",
        ],
    ),
    (
        "bad-value",
        "lineage",
        "id,from,to,relation,evidence\nl-1,red-front,red-front,split,ev-1\n"
        "l-2,red-front,RED FRONT,front,ev-1\n",
        [
            f"lineage.csv row {row}, column to: error [bad-value] from and to are both 'red-front'. "
            "They must be two different records."
            for row in (2, 3)
        ],
    ),
    (
        "bad-value",
        "schisms",
        "id,from,to,after,evidence\nx-1,red-front,blue-front,x-1,ev-1\n",
        [
            "schisms.csv row 2, column after: error [bad-value] the record names itself. Remove its own id.",
        ],
    ),
    # --- quotations ---------------------------------------------------------------------------
    (
        "quote-length",
        "evidence",
        "id,found_in,locator,summary,quote_before,quote_start,quote_end,quote_words\n"
        "q-1,a-work,1,Nine and six,,a b c d e f g h i,u v w x y z,20\n"
        "q-2,a-work,1,Five in front,a b c d e,one two three,,3\n",
        [
            "evidence.csv row 2, column quote_start: error [quote-length] 9 words, at most 8 are allowed. "
            "Shorten the selector.",
            "evidence.csv row 2, column quote_end: error [quote-length] 6 words, at most 5 are allowed. "
            "Shorten the selector.",
            "evidence.csv row 3, column quote_before: error [quote-length] 5 words, at most 4 are allowed. "
            "Shorten the selector.",
        ],
    ),
    (
        "quote-length",
        "evidence",
        "id,found_in,locator,summary,quote_start,quote_end\n"
        "q-1,a-work,1,Two segments in all have 8 and 5 words,a b c d | e f g h,v w | x y z\n"
        "q-2,a-work,1,Nine words over two segments,a b c d e | f g h i,y | z\n"
        "q-3,a-work,1,Two and one,a b c | d e,z\n"
        "q-4,a-work,1,An empty one,a b c | | d e,x | y | z\n"
        "q-5,a-work,1,Only an end,,x y z\n",
        [
            "evidence.csv row 3, column quote_start: error [quote-length] 9 words, at most 8 are allowed. "
            "Shorten the selector.",
            "evidence.csv row 4, column quote_end: error [quote-length] "
            "start and end have different numbers of segments. Write one ' | ' for each cut in both.",
            "evidence.csv row 5, column quote_start: error [quote-length] a segment is empty. "
            "Write words on both sides of each ' | '.",
            "evidence.csv row 6, column quote_start: error [quote-length] the quotation has no first words. "
            "Give its first words.",
        ],
    ),
    (
        "quote-length",
        "evidence",
        "id,found_in,locator,summary,quote_before,quote_start,quote_end,quote_words\n"
        "q-1,a-work,1,Four words,,a b c d,,\n"
        "q-2,a-work,1,Four words with one before,and,a b c d,,4\n"
        "q-3,a-work,1,Five words,and,a b c d e,,\n"
        "q-4,a-work,1,Said to be four,,a b,y z,4\n"
        "q-5,a-work,1,The end is forgotten,,a b c d e f g h,,30\n"
        "q-6,a-work,1,One word,,a,,1\n",
        [
            "evidence.csv row 2, column quote_before: error [quote-length] the quotation has 4 words. "
            "Give up to 4 words in front of it.",
            "evidence.csv row 4, column quote_before: error [quote-length] "
            "only for quotations under 5 words. "
            "Leave the cell empty.",
            "evidence.csv row 5, column quote_before: error [quote-length] the quotation has 4 words. "
            "Give up to 4 words in front of it.",
            "evidence.csv row 6, column quote_end: error [quote-length] "
            "the quotation has 30 words, its start holds 8. Give its last words, or correct quote_words.",
            "evidence.csv row 7, column quote_before: error [quote-length] the quotation has 1 word. "
            "Give up to 4 words in front of it.",
        ],
    ),
    # --- keys and references ------------------------------------------------------------------
    (
        "primary-key",
        "cases",
        "id,title\nc-1,One\nc-1,Again\nred-front,An actor's id\n",
        [
            "cases.csv row 3, column id: error [primary-key] 'c-1' is already used in cases.csv row 2. "
            "Ids are unique over all tables.",
            "cases.csv row 4, column id: error [primary-key] "
            "'red-front' is already used in actors.csv row 2. "
            "Ids are unique over all tables.",
        ],
    ),
    (
        "primary-key",
        "pledges",
        "id,from,to,act,evidence\np-1,red-front,blue-front,bad,ev-1\np-1,red-front,blue-front,pledge,ev-1\n"
        "p-1,red-front,blue-front,,ev-1\n",
        [
            "pledges.csv row 2, column act: error [bad-value] 'bad' is not allowed here. "
            "One of: offer, pledge, accept, recognise, renew, claim, refuse, withdraw, deny, not_stated.",
            "pledges.csv row 3, column id: error [primary-key] 'p-1' is already used in pledges.csv row 2. "
            "Ids are unique over all tables.",
            "pledges.csv row 4, column act: error [required] act is empty. Fill the cell.",
            "pledges.csv row 4, column id: error [primary-key] 'p-1' is already used in pledges.csv row 2. "
            "Ids are unique over all tables.",
        ],
    ),
    (
        "primary-key",
        "citations",
        "claim,evidence,stance\nred-front,ev-1,context\nred-front,ev-2,context\nred-front,ev-1,supports\n",
        [
            "citations.csv row 4, column claim: error [primary-key] "
            "'red-front ev-1' is already used in citations.csv row 2. Remove one of the two rows."
        ],
    ),
    (
        "foreign-key",
        "pledges",
        "id,from,to,act,evidence,after\np-1,red-frnt,elsewhere-group,pledge,ev-11;from-elsewhere,p-0\n",
        [
            "pledges.csv row 2, column from: warning [foreign-key] "
            "'red-frnt' is not in this book, it must be in the graph. "
            "Nearest here: Red Front (red-front, 97: spelling (frnt/Front)).",
            "pledges.csv row 2, column to: warning [foreign-key] "
            "'elsewhere-group' is not in this book, it must be in the graph.",
            "pledges.csv row 2, column evidence: warning [foreign-key] "
            "'ev-11' is not in this book, it must be in the graph. Nearest here: ev-1.",
            "pledges.csv row 2, column evidence: warning [foreign-key] "
            "'from-elsewhere' is not in this book, it must be in the graph.",
            "pledges.csv row 2, column after: warning [foreign-key] "
            "'p-0' is not in this book, it must be in the graph.",
        ],
    ),
    (
        "foreign-key",
        "pledges",
        "id,from,to,act,evidence,cases\np-1,red-front,a-work,pledge,ev-1,red-front\n",
        [
            "pledges.csv row 2, column to: error [foreign-key] "
            "'a-work' is a record of another kind (Source). "
            "Name a record of kind Actor.",
            "pledges.csv row 2, column cases: error [foreign-key] "
            "'red-front' is a record of another kind (Actor). Name a record of kind Case.",
        ],
    ),
    (
        "foreign-key",
        "judgements",
        "left,right,judgement\nred-front,blue-front,different\nred-front,ev-1,same\n",
        [
            "judgements.csv row 3, column right: error [foreign-key] "
            "'ev-1' is a record of another kind (Evidence). Name a record of kind Actor or Claim.",
        ],
    ),
    # --- names in the place of ids ------------------------------------------------------------
    (
        "ambiguous-name",
        "names",
        "id,actor,name,name_type,valid\n"
        "n-1,red-front,The Front,alias,2001/2005\nn-2,blue-front,The Front,alias,\n"
        "n-3,the front,F,acronym,\n",
        [
            "names.csv row 4, column actor: error [ambiguous-name] 'the front' names 2 actors. "
            "Write the id: The Front (blue-front, 100: same name); The Front (red-front, 100: same name)."
        ],
    ),
    (
        "foreign-key",
        "names",
        "id,actor,name,name_type\nn-1,Rde Front,RF,acronym\n",
        [
            "names.csv row 2, column actor: warning [foreign-key] "
            "'Rde Front' is not in this book, it must be in the graph. "
            "Nearest here: Red Front (red-front, 85: near spelling (Rde/Red))."
        ],
    ),
    # --- evidence and repeats -----------------------------------------------------------------
    (
        "no-evidence",
        "pledges",
        "id,from,to,act,evidence\np-1,red-front,blue-front,pledge,\n",
        [
            "pledges.csv row 2, column evidence: warning [no-evidence] no evidence for this claim. "
            "Name the passage that says it in evidence."
        ],
    ),
    (
        "duplicate-claim",
        "ties",
        "id,from,to,tie_type,date,evidence\nt-1,red-front,blue-front,alliance,2014,ev-1\n"
        "t-2,blue-front,red-front,alliance,2014,ev-2\nt-3,red-front,blue-front,host,2014,ev-1\n"
        "t-4,blue-front,red-front,host,2014,ev-1\n",
        [
            "ties.csv row 3, column id: warning [duplicate-claim] says the same as 't-1' (ties.csv row 2). "
            "Give both one occurrence if they are readings of one happening."
        ],
    ),
    (
        "no-locator",
        "evidence",
        "id,found_in,locator_label,locator,line,source_locator,summary\nev-1,a-work,,,,,No place\n"
        "ev-2,a-work,page,,,,A label\nev-3,a-work,,,7,,A line\nev-4,a-work,,,,p. 9,In the work quoted\n"
        "ev-5,work-outside,,,,,Of a kind not known\n",
        [
            "evidence.csv row 2, column locator: warning [no-locator] no place in a-work is given. "
            "Write its page, table or note in locator, and which of these in locator_label.",
            "evidence.csv row 6, column found_in: warning [foreign-key] 'work-outside' is not in this book, "
            "it must be in the graph.",
        ],
    ),
]  # fmt: skip


def lines(book: Book) -> list[str]:
    """The faults as a user reads them."""
    return list(faults_text(book.faults))


@pytest.mark.parametrize(
    ("table", "text", "expected"), [case[1:] for case in CASES], ids=[f"{c[0]} {c[1]}" for c in CASES]
)
def test_a_fault_is_one_line(tmp_path: Path, table: str, text: str, expected: list[str]) -> None:
    """What, where, and what to do next; nothing else is reported."""
    assert lines(read_tables(tmp_path, **{table: text})) == expected


def test_every_code_that_a_check_can_give_has_a_case() -> None:
    """The codes of section 8 of the model."""
    section_8 = (
        "blank-row missing-table missing-column unknown-column type-error bad-value required primary-key "
        "foreign-key ambiguous-name name-out-of-date date-syntax date-reversed date-future note-required "
        "rule-required quote-length quote-lost no-evidence duplicate-claim no-locator after-its-source"
    )
    elsewhere = {"name-out-of-date", "quote-lost", "after-its-source"}  # need two tables or a text, see below
    assert {case[0] for case in CASES} | elsewhere == set(section_8.split())
    # name-elsewhere is not of the model: a warning of our own, see below


def test_a_lost_quotation_is_a_fault_of_its_row(tmp_path: Path) -> None:
    """With what the text says in its place; a quotation that is there, and one without a text, is none."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "work.txt").write_text("Title\n\nWe hear and obey our brothers in the far mountains.\n")
    sources = "id,type,title,text\na-work,book,A made-up work,work.txt\nb-work,book,Another,gone.txt\n"
    evidence = (
        "id,found_in,locator,summary,quote_start,quote_end,quote_words\n"
        "ev-1,a-work,1,Found,We hear and obey our brothers,,6\n"
        "ev-2,a-work,1,Misspelt,We here and obey our brothers,,6\n"
        "ev-3,b-work,1,No text,We here and obey our brothers,,6\n"
    )
    book = read_tables(tmp_path / "book", sources=sources, evidence=evidence)
    assert book.faults == []
    assert list(faults_text(lost_quotations(book, Texts(texts)))) == [
        "evidence.csv row 3, column quote_start: error [quote-lost] the quotation is not found in a-work: "
        "the first words are not in the text. Nearest, line 3: “We hear and obey our brothers”. "
        "Correct the selector, or the work in found_in."
    ]


def test_a_book_without_a_known_table_says_so(tmp_path: Path) -> None:
    """One line for the book, not one for each file of it."""
    (tmp_path / "one.csv").write_text("a,b\n")
    (tmp_path / "two.csv").write_text("a,b\n")
    assert lines(read_book([tmp_path])) == [
        "one.csv, two.csv: error [missing-table] no known table was found. "
        "Name the files or sheets after the tables: actors, names, pledges, support, ties, schisms, lineage, "
        "events, searches, sources, evidence, citations, references, cases, concepts, findings, judgements."
    ]


# --- what is no fault -----------------------------------------------------------------------------------


def test_a_good_book_has_no_faults(tmp_path: Path) -> None:
    """References inside the book, dates of all forms, defaults left empty."""
    pledges = "id,from,to,act,date,evidence\np-1,red-front,blue-front,pledge,2014-11-10,ev-1\n"
    ties = "id,from,to,tie_type,date,evidence\nt-1,red-front,blue-front,host,2014/..,ev-1;ev-2\n"
    book = read_tables(tmp_path, pledges=pledges, ties=ties)
    assert book.faults == []
    assert check_summary(book) == "9 rows in 6 files: no faults."


def test_the_order_and_case_of_the_header_are_free(tmp_path: Path) -> None:
    """Columns that begin with an underscore are left out, whatever they hold."""
    book = read_tables(tmp_path, cases="_x,_x, TITLE ,Id,\nany\x01,,One,c-1,\n")
    assert book.faults == []
    assert [p.record.ident for p in book.of("cases")] == ["c-1"]


def test_a_faulty_record_counts_as_present(tmp_path: Path) -> None:
    """A claim about an actor with a wrong kind has no fault of its own."""
    actors = "id,name,kind\nred-front,Red Front,grup\nblue-front,Blue Front,cell\n"
    pledges = "id,from,to,act,evidence\np-1,red-front,blue-front,pledge,ev-1\n"
    book = read_tables(tmp_path, actors=actors, pledges=pledges)
    assert [(f.sheet, f.row, f.column) for f in book.faults] == [("actors.csv", 2, "kind")]


def test_records_of_a_table_without_a_required_column_count_as_present(tmp_path: Path) -> None:
    """The missing column is the only fault."""
    pledges = "id,from,to,act,evidence\np-1,red-front,blue-front,pledge,ev-1\n"
    book = read_tables(tmp_path, actors="id,name\nred-front,R\nblue-front,B\n", pledges=pledges)
    assert [(f.code, f.column) for f in book.faults] == [("missing-column", "kind")]


def test_a_contradicting_passage_is_evidence_too(tmp_path: Path) -> None:
    """A citation of any stance shows that somebody looked."""
    pledges = "id,from,to,act\np-1,red-front,blue-front,pledge\n"
    citations = "claim,evidence,stance\np-1,ev-1,contradicts\n"
    assert read_tables(tmp_path, pledges=pledges, citations=citations).faults == []


@pytest.mark.parametrize(
    ("first", "second", "repeats"),
    [("", "", 1), ("o-1", "o-1", 0), ("o-1", "o-2", 1), ("o-1", "", 1), ("", "o-1", 1)],
)
def test_readings_of_one_occurrence_are_no_duplicates(
    tmp_path: Path, first: str, second: str, repeats: int
) -> None:
    """Only a shared occurrence says that the repetition is meant."""
    row = "red-front,blue-front,pledge,2014,ev-1"
    pledges = f"id,occurrence,from,to,act,date,evidence\np-1,{first},{row}\np-2,{second},{row}\n"
    book = read_tables(tmp_path, pledges=pledges)
    assert [f.code for f in book.faults] == ["duplicate-claim"] * repeats


def test_a_work_without_pages_needs_no_locator(tmp_path: Path) -> None:
    """A web page has none; a book has."""
    sources = "id,type,title\na-work,webpage,A page\nb-work,book,A book\n"
    evidence = "id,found_in,summary\nev-1,a-work,Says one\nev-2,b-work,Says two\n"
    book = read_tables(tmp_path, sources=sources, evidence=evidence)
    assert [(f.code, f.row) for f in book.faults] == [("no-locator", 3)]


DATED = "id,type,title,issued\na-work,book,A made-up work,2015\n"


def test_a_claim_cannot_be_later_than_the_work_that_tells_it(tmp_path: Path) -> None:
    """One warning for each work; a date that may be earlier, none, or a rejected claim has none."""
    pledges = (
        "id,from,to,act,date,status,note,evidence\n"
        "p-1,red-front,blue-front,pledge,2016,,,ev-1;ev-2\np-2,red-front,blue-front,accept,2015-12,,,ev-1\n"
        "p-3,red-front,blue-front,renew,[2014..2017],,,ev-1\np-4,red-front,blue-front,deny,,,,ev-1\n"
        "p-5,red-front,green-army,pledge,2016,rejected,made up,ev-1\n"
    )
    assert lines(read_tables(tmp_path, sources=DATED, pledges=pledges)) == [
        "pledges.csv row 2, column date: warning [after-its-source] 2016 is later than a-work, "
        "which came out 2015. Correct the date, or the work of the passage."
    ]


@pytest.mark.parametrize(("stage", "warned"), [("given", 1), ("promised", 0), ("sought", 0)])
def test_what_was_promised_may_lie_ahead_of_the_work(tmp_path: Path, stage: str, warned: int) -> None:
    """Only support that was given cannot be told before it was."""
    support = (
        f"id,from,to,support_type,stage,date,evidence\ns-1,red-front,blue-front,training,{stage},2016,ev-1\n"
    )
    book = read_tables(tmp_path, sources=DATED, support=support)
    assert [f.code for f in book.faults] == ["after-its-source"] * warned


@pytest.mark.parametrize("other", ["2015,pledge", "2014,renew", ",pledge"])
def test_claims_that_differ_are_no_duplicates(tmp_path: Path, other: str) -> None:
    """Another date or act is another claim; without a date nothing is compared."""
    ends = "red-front,blue-front,ev-1"
    pledges = (
        f"id,from,to,evidence,date,act\np-1,{ends},2014,pledge\np-2,{ends},{other}\np-3,{ends},{other}x\n"
    )
    assert "duplicate-claim" not in [f.code for f in read_tables(tmp_path, pledges=pledges).faults]


def test_events_are_told_apart_by_those_who_take_part(tmp_path: Path) -> None:
    """In whatever order they are written; where nobody is named, by the title."""
    events = (
        "id,title,event_type,date,participants,evidence\n"
        "e-1,They met,meeting,2014,red-front=side_a;blue-front=side_b,ev-1\n"
        "e-2,A meeting,meeting,2014,blue-front=side_b;red-front=side_a,ev-1\n"
        "e-3,They met,meeting,2014,red-front=side_a;green-army=side_b,ev-1\n"
        "e-4,One attack,attack,2014,,ev-1\n"
        "e-5,Another attack,attack,2014,,ev-1\n"
    )
    assert [(f.code, f.row) for f in read_tables(tmp_path, events=events).faults] == [("duplicate-claim", 3)]


# --- names in the place of ids ----------------------------------------------------------------------------

NAMES = (
    "id,actor,name,name_type,valid\n"
    "n-1,red-front,Jam\u0101\u2019at,former,2001/2005\nn-2,green-army,The Army,alias,2001/2005\n"
    "n-3,blue-front,The Army,alias,2010/2012\nn-4,Green Army,GA,acronym,\n"
)


def claim(tmp_path: Path, start: str, date: str = "2003", participants: str = "") -> Book:
    """A book with one pledge from this actor."""
    pledges = (
        "id,from,to,act,date,participants,evidence\n"
        f'p-1,"{start}",blue-front,pledge,{date},{participants},ev-1\n'
    )
    return read_tables(tmp_path, names=NAMES, pledges=pledges)


def actor(book: Book) -> str:
    """Who pledges."""
    (placed,) = book.of("pledges")
    return str(getattr(placed.record, "from_"))  # noqa: B009


@pytest.mark.parametrize(
    ("table", "date", "hint"),
    [
        ("pledges", "2012-06/2011-02", "Write [2011-02..2012-06] for one unknown day between."),
        ("pledges", "2014-2016", "Write [2014..2016] for one unknown day between."),
        ("pledges", "2016–2017", "Write [2016..2017] for one unknown day between."),
        ("pledges", "soon", "Write 2014-11-10, 2014-11, 2014, 199X, [2014..2015] (one unknown day)."),
        ("schisms", "2014/15", "Write [2014..2015] for one unknown day between."),
        (
            "events",
            "2014-2016",
            "Write 2014/2016 for clash or operation, [2014..2016] for one unknown day between.",
        ),
        ("ties", "2014-2016", "Write 2014/2016 for a spell, [2014..2016] for one unknown day between."),
    ],
)
def test_no_spell_is_advised_for_what_happens_on_one_day(
    tmp_path: Path, table: str, date: str, hint: str
) -> None:
    """Whoever follows the hint has no fault the next time."""
    rows = {
        "pledges": "id,from,to,act,date,evidence\nx-1,red-front,blue-front,pledge,{},ev-1\n",
        "schisms": "id,from,to,date,evidence\nx-1,red-front,blue-front,{},ev-1\n",
        "events": "id,title,event_type,date,evidence\nx-1,They met,meeting,{},ev-1\n",
        "ties": "id,from,to,tie_type,date,evidence\nx-1,red-front,blue-front,host,{},ev-1\n",
    }[table]
    (fault,) = read_tables(tmp_path, **{table: rows.format(date)}).faults
    assert fault.hint == hint
    *_, advised = re.findall(r"\[[^]]+\]", hint)
    assert read_tables(tmp_path, **{table: rows.format(advised)}).faults == []


def test_a_value_that_is_missed_in_many_cells_is_one_line(tmp_path: Path) -> None:
    """With the place of the first and the number of cells; the list of faults has each."""
    rows = "".join(f"p-{n},red-front,elsewhere,pledge,{1960 + n},ev-1\n" for n in range(60))
    book = read_tables(
        tmp_path, pledges=f"id,from,to,act,date,evidence\n{rows}p-60,gone,red-front,pledge,,ev-1\n"
    )
    assert len(book.faults) == 61
    assert lines(book) == [
        "pledges.csv row 2, column to: warning [foreign-key] "
        "'elsewhere' is not in this book, it must be in the graph (in 60 cells).",
        "pledges.csv row 62, column from: warning [foreign-key] "
        "'gone' is not in this book, it must be in the graph.",
    ]


def test_values_that_commas_separate_are_to_be_separated_by_semicolons(tmp_path: Path) -> None:
    """Where ids are meant, or actors that are known; a name that has a comma may be one name."""
    pledges = (
        "id,from,to,act,evidence\n"
        'p-1,red-front,blue-front,pledge,"ev-1, ev-2"\np-2,red-front,blue-front,renew,"ev-1, of the graph"\n'
    )
    assert [fault.hint for fault in read_tables(tmp_path, pledges=pledges).faults] == [
        "Separate several by ; as in 'ev-1;ev-2'.",
        "",
    ]
    findings = (
        "id,kind,statement,group,source\n"
        'f-1,count,One,"Red Front, blue-front",a-work\nf-2,count,Two,"Red Front, of the People",a-work\n'
    )
    several, one = (fault.hint for fault in read_tables(tmp_path / "b", findings=findings).faults)
    assert several == "Separate several by ; as in 'Red Front;blue-front'."
    assert "Separate" not in one


def test_every_name_but_the_own_one_is_listed() -> None:
    """A name that may be mistaken is never among those that are only counted."""
    names = Counter({(f"Name {n}", f"actor-{n}"): n for n in range(1, 31)})
    own = {(f"Name {n}", f"actor-{n}") for n in range(1, 21)}
    text = " ".join(" ".join(links_text(Links(names=names, own=own))).split())
    assert all(f"'Name {n}' → actor-{n} {n}" in text for n in range(21, 31))
    assert text.endswith("… and 20 more by their own names")
    few = Links(names=Counter({("A", "a-1"): 2, ("B", "b-1"): 1}), own={("A", "a-1")})
    assert list(links_text(few))[1] == "  by name           3  'B' → b-1 1, 'A' → a-1 2"


@pytest.mark.parametrize("name", ["Red Front", "RED-FRONT", "Jama'at", "jamaat"])
def test_a_name_becomes_the_id_of_the_one_who_bears_it(tmp_path: Path, name: str) -> None:
    """Case, diacritics and apostrophes aside."""
    book = claim(tmp_path, name)
    if name == "jamaat":  # has the form of an id, and the graph may hold such a record
        hint = "Nearest here: Jam\u0101\u2019at (red-front, 100: same name, borne then)."
        assert [(f.code, f.severity, f.hint) for f in book.faults] == [("foreign-key", "warning", hint)]
    else:
        assert (actor(book), book.faults) == ("red-front", [])


def test_a_name_of_a_names_row_may_itself_be_given_by_name(tmp_path: Path) -> None:
    """`Green Army` bears `GA`, so `GA` stands for green-army."""
    book = claim(tmp_path, "GA")
    assert (actor(book), book.faults) == ("green-army", [])


def test_a_name_outside_its_years_is_taken_with_a_warning(tmp_path: Path) -> None:
    """The warning says when the name was borne."""
    book = claim(tmp_path, "Jama'at", "2009")
    assert actor(book) == "red-front"
    assert lines(book) == [
        "pledges.csv row 2, column from: warning [name-out-of-date] "
        "'Jama'at' names red-front, but not at 2009. Borne 2001 to 2005. Write the id if it is meant."
    ]


def test_a_name_on_an_undated_claim_is_never_out_of_date(tmp_path: Path) -> None:
    """Nothing is known that speaks against it."""
    book = claim(tmp_path, "Jama'at", "")
    assert (actor(book), book.faults) == ("red-front", [])


def test_validity_ranks_the_bearers_of_one_name_and_never_chooses(tmp_path: Path) -> None:
    """The bearer at the time of the claim comes first in the hint."""
    for date, first, second in (("2003", "green-army", "blue-front"), ("2011", "blue-front", "green-army")):
        assert lines(claim(tmp_path, "The Army", date)) == [
            "pledges.csv row 2, column from: error [ambiguous-name] 'The Army' names 2 actors. "
            f"Write the id: The Army ({first}, 100: same name, borne then); "
            f"The Army ({second}, 100: same name, not borne then)."
        ]


HOMES = (
    "id,name,kind,country\nred-front,Ansar al-Sharia (Yemen),militant_group,Yemen\n"
    "blue-front,Islamic State,militant_group,Iraq;Syria\ngreen-army,Green Army,militant_group,Libya\n"
    "grey-army,Grey Army,militant_group,\n"
)


def pledged(tmp_path: Path, start: str, end: str, place: str) -> Book:
    """A book with one pledge, and actors that have countries."""
    pledges = f'id,from,to,act,date,place,evidence\np-1,"{start}","{end}",pledge,2014-11,{place},ev-1\n'
    names = "id,actor,name,name_type\nn-1,red-front,Ansar al-Sharia,as_printed\n"
    return read_tables(tmp_path, actors=HOMES, names=names, pledges=pledges)


def test_a_name_whose_bearer_is_of_another_country_is_taken_with_a_warning(tmp_path: Path) -> None:
    """It may be another group of that name; the id settles it."""
    book = pledged(tmp_path, "Ansar al-Sharia", "grey-army", "Libya")
    assert actor(book) == "red-front"
    assert lines(book) == [
        "pledges.csv row 2, column from: warning [name-elsewhere] "
        "'Ansar al-Sharia' names red-front (Yemen), the place of the row is Libya. "
        "Write the id red-front if it is meant, else the id of the other actor."
    ]


@pytest.mark.parametrize(
    ("start", "end", "place"),
    [
        ("red-front", "Grey Army", "Libya"),  # an id, and an actor without a country
        ("Ansar al-Sharia", "blue-front", "Sanaa;Yemen"),
        ("green-army", "Islamic State", "Derna"),  # the other one is at home there
        ("Ansar al-Sharia (Yemen)", "grey-army", "Libya"),  # says its country
        ("Ansar al-Sharia", "blue-front", "West Africa"),  # no country
        ("Islamic State", "red-front", "Raqqa"),  # a part of one
        ("Ansar al-Sharia", "blue-front", ""),
        ("Ansar al-Sharia", "of-the-graph", "Libya"),  # may be of Libya: the plan tells
    ],
)
def test_what_may_be_at_home_or_abroad_gives_no_warning(
    tmp_path: Path, start: str, end: str, place: str
) -> None:
    """Groups act abroad: only where nobody of the row is of its place another actor may be meant."""
    book = pledged(tmp_path, start, end, place)
    assert "name-elsewhere" not in [fault.code for fault in book.faults]


def test_names_may_stand_among_the_participants(tmp_path: Path) -> None:
    """Each before its role."""
    book = claim(tmp_path, "red-front", participants="Green Army=mediator;red-front=leader;GA=other")
    assert book.faults == []
    (placed,) = book.of("pledges")
    assert getattr(placed.record, "participants") == (  # noqa: B009
        "green-army=mediator",
        "red-front=leader",
        "green-army=other",
    )


# --- other rules of rows together --------------------------------------------------------------------------


def test_an_actor_and_a_claim_cannot_be_the_same(tmp_path: Path) -> None:
    """A judgement joins two records of one kind."""
    pledges = "id,from,to,act,evidence\np-1,red-front,blue-front,pledge,ev-1\n"
    judgements = "left,right,judgement\nred-front,p-1,same\nred-front,red-front,same\n"
    assert lines(read_tables(tmp_path, pledges=pledges, judgements=judgements)) == [
        "judgements.csv row 2, column right: error [foreign-key] one is an actor, the other a claim. "
        "Judge two actors, or two claims.",
        "judgements.csv row 3, column right: error [bad-value] left and right are both 'red-front'. "
        "They must be two different records.",
    ]


def test_names_searches_and_actors_can_be_cited_too(tmp_path: Path) -> None:
    """Evidence stands for claims, names, searches and actors, and for nothing else."""
    names = "id,actor,name,name_type\nn-1,red-front,RF,acronym\n"
    citations = "claim,evidence,stance\nn-1,ev-1,context\nred-front,ev-1,context\na-case,ev-1,context\n"
    assert lines(read_tables(tmp_path, names=names, citations=citations)) == [
        "citations.csv row 4, column claim: error [foreign-key] 'a-case' is a record of another kind (Case). "
        "Name a record of kind Claim or Name or Search or Actor."
    ]


def test_faults_come_in_the_order_of_files_and_rows(tmp_path: Path) -> None:
    """Rules of cells, of rows and of the whole book are sorted together."""
    write_tables(tmp_path, **AROUND)
    (tmp_path / "pledges [old].csv").write_text(
        "id,from,to,act,evidence\np-1,red-front,blue-front,pledge,\np-2,red-front,red-front,pledge,ev-1\n"
        "p-3,red-front,blue-front,bad,ev-1\np-1,red-front,blue-front,pledge,ev-1\n"
    )
    (tmp_path / "cases 2.csv").write_text("id,title\np-1,One\n")
    assert [(f.sheet, f.row, f.code) for f in read_book([tmp_path]).faults] == [
        ("pledges [old].csv", 2, "primary-key"),
        ("pledges [old].csv", 2, "no-evidence"),
        ("pledges [old].csv", 3, "bad-value"),
        ("pledges [old].csv", 4, "bad-value"),
        ("pledges [old].csv", 5, "primary-key"),
    ]


def test_of_many_faults_the_errors_are_shown_first(tmp_path: Path) -> None:
    """Sixty warnings do not hide an error; what is not shown is counted by code."""
    rows = "".join(f"p-{n},red-front,blue-front,pledge,\n" for n in range(60))
    book = read_tables(
        tmp_path, pledges=f"id,from,to,act,evidence\n{rows}p-60,red-front,red-front,offer,ev-1\n"
    )
    shown = lines(book)
    assert shown[0].startswith("pledges.csv row 62, column to: error [bad-value]")
    assert shown[1].startswith("pledges.csv row 2, column evidence: warning [no-evidence]")
    assert shown[50:] == [
        "… and 11 more. All 61 by code and column:",
        "       60  no-evidence (warning), column evidence; first in pledges.csv row 2",
        "        1  bad-value (error), column to; first in pledges.csv row 62",
        "For all of them: --format csv or --format json.",
    ]
    assert check_summary(book) == "68 rows in 5 files: 1 fault, 60 warnings."


def test_a_huge_cell_makes_a_short_line(tmp_path: Path) -> None:
    """A million letters where a code is expected are cut in the message, and whole in `value`."""
    pledges = f"id,from,to,act,date,evidence\np-1,red-front,blue-front,{'x' * 10**6},{'9' * 10**6},ev-1\n"
    book = read_tables(tmp_path, pledges=pledges)
    assert [f.column for f in book.faults] == ["act", "date"]
    assert [len(f.value or "") for f in book.faults] == [10**6, 10**6]
    assert all(len(line) < 300 for line in lines(book))


def test_a_line_end_in_a_cell_makes_no_second_line(tmp_path: Path) -> None:
    """What is quoted in a message stays on its line."""
    pledges = 'id,from,to,act,evidence\np-1,red-front,blue-front,"ple\ndge",ev-1\n'
    (line,) = lines(read_tables(tmp_path, pledges=pledges))
    assert line.startswith(
        "pledges.csv row 2, column act: error [bad-value] 'ple\\ndge' is not allowed here."
    )

// One row for each record of the table evidence: its id and all of its properties.
// The whole quotation (kb load --texts) is no cell; it stays until kb/loading/derived.py drops it.
UNWIND $rows AS row
MERGE (n:Evidence {id: row.id})
WITH n, row, n.words AS words
SET n = row.props, n.words = words

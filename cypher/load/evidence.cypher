// One row for each record of the table evidence: its id and all of its properties.
UNWIND $rows AS row
MERGE (n:Evidence {id: row.id})
SET n = row.props

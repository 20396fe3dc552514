// One row for each record of the table findings: its id and all of its properties.
UNWIND $rows AS row
MERGE (n:Finding {id: row.id})
SET n = row.props

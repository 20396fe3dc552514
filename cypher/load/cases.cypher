// One row for each record of the table cases: its id and all of its properties.
UNWIND $rows AS row
MERGE (n:Case {id: row.id})
SET n = row.props

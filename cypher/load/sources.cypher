// One row for each record of the table sources: its id and all of its properties.
UNWIND $rows AS row
MERGE (n:Source {id: row.id})
SET n = row.props

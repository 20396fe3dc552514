// One row for each record of the table names: its id and all of its properties.
UNWIND $rows AS row
MERGE (n:Name {id: row.id})
SET n = row.props

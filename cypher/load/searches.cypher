// One row for each record of the table searches: its id and all of its properties.
UNWIND $rows AS row
MERGE (n:Search {id: row.id})
SET n = row.props

// One row for each record of the table concepts: its id and all of its properties.
UNWIND $rows AS row
MERGE (n:Concept {id: row.id})
SET n = row.props

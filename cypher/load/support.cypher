// One row for each record of the table support: its id and all of its properties.
UNWIND $rows AS row
MERGE (n:Claim {id: row.id})
SET n = row.props, n:Support

// One row for each record of the table actors: its id, all of its properties, and the label of its kind.
UNWIND $rows AS row
MERGE (n:Actor {id: row.id})
REMOVE n:Group:Person:State:Arrangement:Organisation:Population
SET n = row.props, n:$(row.label)

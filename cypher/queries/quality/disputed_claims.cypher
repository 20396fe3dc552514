// Disputed claims with what stands against them
//
// Which claims are disputed, and what speaks against each: passages that deny it, and other readings of the same
// happening?
//
// @row claim: id of the claim
// @row kind: table of the claim
// @row date: its date
// @row note: why it is disputed
// @row supports: passages that say it
// @row contradicts: passages that deny it
// @row readings: ids of the other readings of the happening
// @row works: ids of the works in which the passages of all readings were read
// @key claim
// @show claim, date, readings, contradicts, note
MATCH (c:Claim {status: 'disputed'})
RETURN c.id AS claim, [label IN labels(c) WHERE label <> 'Claim'][0] AS kind, c.date AS date, c.note AS note,
  COLLECT { MATCH (c)-[:CITES {stance: 'supports'}]->(e) RETURN e.id ORDER BY e.id } AS supports,
  COLLECT { MATCH (c)-[:CITES {stance: 'contradicts'}]->(e) RETURN e.id ORDER BY e.id } AS contradicts,
  COLLECT {
    MATCH (other:Claim {occurrence: c.occurrence}) WHERE other <> c AND other.status <> 'rejected'
    RETURN other.id ORDER BY other.id
  } AS readings,
  COLLECT {
    UNWIND [c] + COLLECT { MATCH (reading:Claim {occurrence: c.occurrence}) RETURN reading } AS reading
    MATCH (reading)-[:CITES]->(:Evidence)-[:FOUND_IN]->(s:Source)
    RETURN DISTINCT s.id ORDER BY s.id
  } AS works
ORDER BY claim

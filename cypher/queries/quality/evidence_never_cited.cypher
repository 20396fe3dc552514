// Evidence that nothing cites
//
// Which passages stand for no claim, name, search or actor, neither for nor against nor as context?
//
// @row evidence: id of the passage
// @row found_in: id of the work in which it was read
// @row summary: what it shows
// @empty a passage that nothing cites is not used
// @key evidence
// @show evidence, found_in, summary
MATCH (e:Evidence)
WHERE NOT EXISTS { (e)<-[:CITES]-() }
OPTIONAL MATCH (e)-[:FOUND_IN]->(s:Source)
RETURN e.id AS evidence, s.id AS found_in, e.summary AS summary
ORDER BY evidence

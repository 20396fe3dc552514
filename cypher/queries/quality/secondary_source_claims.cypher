// Claims that rest on secondary sources only
//
// Which claims have no primary passage: none that its citation marks as primary and, where the citation does not
// say, none with the words of a speaker who is named?
//
// @row claim: id of the claim
// @row kind: kind of the claim
// @row status: accepted or disputed or needs_work
// @row citations: passages that support it
// @key claim
// @show claim, kind, status, citations
MATCH (c:Claim)-[cites:CITES]->(e:Evidence)
WHERE cites.stance = 'supports' AND c.status <> 'rejected'
WITH c, count(e) AS citations, collect(CASE
  WHEN cites.directness IS NOT NULL THEN cites.directness = 'primary'
  ELSE e.quote_start IS NOT NULL AND (e.speaker_text IS NOT NULL OR EXISTS { (e)-[:SPOKEN_BY]->() })
END) AS primaries
WHERE NOT true IN primaries
RETURN c.id AS claim, [label IN labels(c) WHERE label <> 'Claim'][0] AS kind, c.status AS status, citations
ORDER BY claim

// Claims that rest on one independent origin
//
// Which accepted claims have all their supporting passages from one origin, over all readings of the happening?
// Works that repeat each other, and passages that share an authority, are one origin.
//
// @param kind text = null: only claims of this kind (Pledge, Support, Tie, Schism, Lineage, Event); none takes all
// @row claim: id of the claim
// @row kind: kind of the claim
// @row citations: passages that support it or another reading of the happening
// @row origin: the one origin
// @key claim
// @show claim, kind, citations, origin
// @example kind = Schism
MATCH (c:Claim {status: 'accepted'})
WHERE $kind IS NULL OR $kind IN labels(c)
CALL (c) {
  MATCH (c)-[cites:CITES]->(e:Evidence) WHERE cites.stance = 'supports'
  RETURN e
  UNION
  MATCH (other:Claim {occurrence: c.occurrence})-[cites:CITES]->(e:Evidence)
  WHERE cites.stance = 'supports' AND other.status <> 'rejected'
  RETURN e
}
WITH c, count(DISTINCT e) AS citations, collect(DISTINCT e.origin) AS origins
WHERE size(origins) = 1
RETURN c.id AS claim, [label IN labels(c) WHERE label <> 'Claim'][0] AS kind, citations, origins[0] AS origin
ORDER BY claim

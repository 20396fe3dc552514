// Adversaries tethered to each other
//
// Which states are rivals, or fight, and are bound to each other at the same time, by an alliance or as members of one
// arrangement? Managing an adversary by an alliance with it is what Weitsman (2004) calls tethering. Two states that
// are not listed are not said to be free of rivalry or bond.
//
// @param type arrangement_type[] = alliance: types of arrangements whose members count as bound
// @param actor actor = null: only pairs with this state; none takes all
// @row one: the one state
// @row one_id: its id
// @row other: the other
// @row other_id: its id
// @row rivalry: rivalries and clashes of the two, each with its date
// @row bond: alliances and affiliations of the two, and arrangements both belong to, each with its dates
// @row certainty: certain when a rivalry and a bond overlap for certain, possible when they may, undated when a date is
//   missing on one side
// @row tethering: true when one of the claims illustrates a concept of tethering or of the adversary as ally
// @row claims: ids of the claims, rivalries first
// @row evidence: ids of the passages
// @row passages: where they stand
// @row citations: number of these passages
// @row origins: independent origins among them
// @key one_id, other_id
// @show one, other, certainty, rivalry, bond, tethering, citations
MATCH (one:State)<-[:FROM|TO]-(r:Tie)-[:FROM|TO]->(other:State)
WHERE r.tie_type IN ['rivalry', 'clash'] AND coalesce(r.presence, 'present') = 'present' AND r.status <> 'rejected' AND
  one.id < other.id AND ($actor IS NULL OR $actor IN [one.id, other.id])
WITH one, other, r ORDER BY r.start_lo, r.id
WITH one, other, collect(r) AS rivalries
CALL (one, other) {
  MATCH (one)<-[:FROM|TO]-(b:Tie)-[:FROM|TO]->(other)
  WHERE b.tie_type IN ['alliance', 'affiliation'] AND b.presence = 'present' AND b.status <> 'rejected'
  RETURN [b] AS parts, b.tie_type + coalesce(' ' + b.date, '') AS text
  UNION
  MATCH (one)<-[:FROM]-(m:Tie {tie_type: 'membership'})-[:TO]->(body:Arrangement)<-[:TO]-(n:Tie)-[:FROM]->(other)
  WHERE n.tie_type = 'membership' AND m.status <> 'rejected' AND n.status <> 'rejected' AND
    m.presence = 'present' AND n.presence = 'present' AND any(t IN body.arrangement_type WHERE t IN $type)
  RETURN [m, n] AS parts, 'both in ' + body.name + coalesce(' ' + m.date, '') + coalesce(' and ' + n.date, '') AS text
}
UNWIND rivalries AS r
WITH one, other, rivalries, parts, text, parts + r AS all
WITH *, CASE
  WHEN any(x IN all WHERE coalesce(x.start_lo, x.start_hi, x.end_lo, x.end_hi) IS NULL) THEN 0
  WHEN all(x IN all WHERE x.sure AND all(y IN all WHERE coalesce(x.sure_start <= y.sure_end, false))) THEN 2
  WHEN all(x IN all WHERE all(y IN all WHERE coalesce(x.start_lo <= y.end_hi, true))) THEN 1
  ELSE -1
END AS rank
WHERE rank >= 0
WITH one, other, rivalries, parts, text, max(rank) AS rank ORDER BY text
WITH one, other, rivalries, collect(DISTINCT text) AS bond, max(rank) AS rank, collect(parts) AS parts
WITH *, coll.distinct(rivalries + coll.flatten(parts)) AS claims
WITH *, COLLECT {
  UNWIND claims AS x
  MATCH (x)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN DISTINCT e ORDER BY e.id
} AS passages
RETURN one.name AS one, one.id AS one_id, other.name AS other, other.id AS other_id,
  coll.distinct([r IN rivalries | r.tie_type + coalesce(' ' + r.date, '') +
    CASE r.status WHEN 'accepted' THEN '' ELSE ' (' + r.status + ')' END]) AS rivalry,
  bond, ['undated', 'possible', 'certain'][rank] AS certainty,
  EXISTS { UNWIND claims AS x MATCH (x)-[:ILLUSTRATES]->(k:Concept) WHERE k.id IN ['tethering-hb', 'adversary-ally'] }
    AS tethering,
  [c IN claims | c.id] AS claims, [e IN passages | e.id] AS evidence,
  COLLECT {
    UNWIND passages AS e
    MATCH (e)-[found:FOUND_IN]->(work:Source)
    RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
      coalesce(', line ' + found.line, '') AS place ORDER BY place
  } AS passages,
  size(passages) AS citations, COUNT { UNWIND passages AS e RETURN DISTINCT e.origin } AS origins
ORDER BY one, other, one_id, other_id

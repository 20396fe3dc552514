// Lineage of an actor, forwards and backwards
//
// What became of this actor and what does it belong to (forwards: from old to new and from part to whole), and what
// did it come from and what are its parts (backwards), in up to five steps? Not every step says that one body became
// another: read the relation. A step that is certainly earlier than the step before it is told apart, as what was
// taken in later did not take part in it.
//
// @param actor actor: whose lineage
// @param way text = null: only `forwards` or `backwards`; none takes both
// @row way: forwards or backwards
// @row step: how many steps away
// @row from: the old, or the part
// @row relation: split, succeed, merge, absorb, join_umbrella, leave_umbrella, front or faction_of
// @row to: the new, or the whole
// @row date: when, each reading as the source gives it; empty where none is stated
// @row in_time: no when it is certainly out of order with the step before it (forwards earlier, backwards
//   later); else yes, or not stated where dates do not tell; empty for a first step
// @row status: accepted when one reading is, else the worst there is
// @row from_id: id of the old
// @row to_id: id of the new
// @row claims: ids of the readings
// @row citations: passages that support them
// @row origins: independent origins among them
// @row path: the step, by its earliest reading
// @key way, step, from_id, relation, to_id
// @group way
// @show step, relation, to, in_time, date, from, status
// @example actor = jabhat-al-nusra-foreign-fighters
CALL () {
  MATCH (:Actor {id: $actor})
    ((:Actor)<-[:FROM]-(c:Lineage WHERE c.status <> 'rejected')-[:TO]->(:Actor)){1,5}
  RETURN 'forwards' AS way, c AS chain
  UNION ALL
  MATCH (:Actor {id: $actor})
    ((:Actor)<-[:TO]-(c:Lineage WHERE c.status <> 'rejected')-[:FROM]->(:Actor)){1,5}
  RETURN 'backwards' AS way, c AS chain
}
WITH way, size(chain) AS step, chain[-1] AS c, CASE size(chain) WHEN 1 THEN null ELSE chain[-2] END AS before
WHERE $way IS NULL OR way = $way
MATCH (from:Actor)<-[:FROM]-(c)-[:TO]->(to:Actor)
WITH DISTINCT way, step, from, to, c, CASE
    WHEN before IS NULL THEN null
    WHEN coalesce(CASE way WHEN 'forwards' THEN c.end_hi < before.start_lo ELSE c.start_lo > before.end_hi END, false)
      THEN 'no'
    WHEN coalesce(CASE way WHEN 'forwards' THEN c.start_hi >= before.start_hi ELSE c.start_hi <= before.start_hi END,
      false) THEN 'yes'
    ELSE 'not stated'
  END AS order
ORDER BY c.start_lo, c.id
WITH way, from, to, c.relation AS relation, min(step) AS step,
  collect(DISTINCT {step: step, order: order}) AS orders, collect(DISTINCT c) AS claims
WITH *, [o IN orders WHERE o.step = step | o.order] AS orders
WITH *, claims[0] AS first
MATCH path = (from)<-[:FROM]-(first)-[:TO]->(to)
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN way, step, from.name AS from, relation, to.name AS to,
  coll.distinct([c IN claims WHERE c.date IS NOT NULL | c.date]) AS date,
  CASE
    WHEN 'yes' IN orders THEN 'yes'
    WHEN 'not stated' IN orders THEN 'not stated'
    ELSE orders[0]
  END AS in_time,
  [s IN ['accepted', 'disputed', 'needs_work'] WHERE s IN [c IN claims | c.status]][0] AS status,
  from.id AS from_id, to.id AS to_id, [c IN claims | c.id] AS claims,
  citations, origins, path
ORDER BY way DESC, step, from, from_id, to, to_id, relation

// Happenings known from one origin
//
// What is known from one independent origin only, over all readings of the happening? Works that repeat each other,
// and passages that share an authority, are one origin. What no passage supports is not listed here: see
// `claims_without_evidence`.
//
// @param actor actor = null: only what this actor takes part in; none takes all
// @param kind text = null: only claims of this kind (Pledge, Support, Tie, Schism, Lineage, Event); none takes all
// @param limit integer = 500: how many happenings to list; as many rows mean that there may be more
// @row happening: what the readings share, or the id of the one claim
// @row kind: kind of the claim
// @row what: what happened between whom, each reading
// @row actors: who is in it; from and to for all but events
// @row date: when, each reading as the source gives it
// @row status: accepted when one reading is, else the worst there is
// @row claims: ids of the readings
// @row passages: where they stand
// @row citations: passages that support them
// @row works: ids of the works behind these passages: those they rely on, else where the words were first said, else
//   where they were read; several that share passages or repeat each other count as one origin
// @key happening
// @group kind
// @show what, works, date, citations, status
// @example actor = boko-haram
CALL () {
  MATCH (:Actor {id: $actor})<-[:FROM|TO|INVOLVES]-(c:Claim)
  RETURN c
  UNION
  UNWIND CASE WHEN $actor IS NULL THEN [1] ELSE [] END AS all
  MATCH (c:Claim)
  RETURN c
}
WITH c WHERE c.status <> 'rejected' AND ($kind IS NULL OR toLower($kind) IN [label IN labels(c) | toLower(label)])
OPTIONAL MATCH (other:Claim {occurrence: c.occurrence}) // all readings, the claim itself among them
WHERE other.status <> 'rejected'
WITH DISTINCT coalesce(c.occurrence, c.id) AS happening, coalesce(other, c) AS reading
OPTIONAL MATCH (reading)-[:CITES {stance: 'supports'}]->(e:Evidence)
WITH happening, reading, e ORDER BY reading.start_lo, reading.id
WITH happening, collect(reading) AS found, collect(e) AS passages, min(e.origin) AS first, max(e.origin) AS last
WHERE first = last // one origin alone
WITH *, [label IN labels(found[0]) WHERE label <> 'Claim'][0] AS kind, found[0].start_lo AS begins
ORDER BY kind, begins, happening LIMIT $limit
WITH happening, kind, begins, coll.distinct(found) AS readings, coll.distinct(passages) AS cited
RETURN happening, kind,
  coll.distinct([c IN readings | coalesce(c.title,
    coalesce(c.relation, c.tie_type, c.act, c.stage + ' ' + c.support_type + ' support', 'break') +
    CASE c.presence WHEN 'absent' THEN ' (absent)' ELSE '' END + ': ' +
    head([(c)-[:FROM]->(x) | x.name]) + ' – ' + head([(c)-[:TO]->(x) | x.name]))]) AS what,
  COLLECT {
    UNWIND readings AS c
    MATCH (c)-[way:FROM|TO|INVOLVES]->(x:Actor)
    WHERE c:Event OR type(way) <> 'INVOLVES'
    WITH x, min(CASE type(way) WHEN 'FROM' THEN 0 ELSE 1 END) AS side
    RETURN x.name ORDER BY side, x.name
  } AS actors,
  coll.distinct([c IN readings WHERE c.date IS NOT NULL | c.date]) AS date,
  [s IN ['accepted', 'disputed', 'needs_work'] WHERE s IN [c IN readings | c.status]][0] AS status,
  [c IN readings | c.id] AS claims,
  coll.sort(coll.distinct(coll.flatten([e IN cited | [(e)-[found:FOUND_IN]->(work) |
    work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
    coalesce(', line ' + found.line, '')]]))) AS passages,
  size(cited) AS citations,
  coll.sort(coll.distinct(coll.flatten([e IN cited | CASE
    WHEN EXISTS { (e)-[:RELIES_ON]->() } THEN [(e)-[:RELIES_ON]->(work) | work.id]
    WHEN EXISTS { (e)-[:QUOTES]->() } THEN [(e)-[:QUOTES]->(work) | work.id]
    ELSE [(e)-[:FOUND_IN]->(work) | work.id]
  END]))) AS works
ORDER BY kind, begins, happening

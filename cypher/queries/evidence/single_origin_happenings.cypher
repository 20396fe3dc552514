// Happenings known from one origin
//
// What is known from one independent origin only, over all readings of the happening? Works that repeat each other,
// and passages that share an authority, are one origin. What no passage supports is not listed here: see
// `claims_without_evidence`.
//
// @param actor actor = null: only what this actor takes part in; none takes all
// @param kind text = null: only claims of this kind (Pledge, Support, Tie, Schism, Lineage, Event); none takes all
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
ORDER BY reading.start_lo, reading.id
WITH happening, collect(reading) AS readings
CALL (readings) {
  UNWIND readings AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN collect(DISTINCT e) AS cited, count(DISTINCT e.origin) AS origins
}
WITH happening, readings, cited, origins
WHERE origins = 1
RETURN happening, [label IN labels(readings[0]) WHERE label <> 'Claim'][0] AS kind,
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
  COLLECT {
    UNWIND cited AS e
    MATCH (e)-[found:FOUND_IN]->(work:Source)
    RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
      coalesce(', line ' + found.line, '') AS place ORDER BY place
  } AS passages,
  size(cited) AS citations,
  COLLECT {
    UNWIND cited AS e
    MATCH (e)-[way:RELIES_ON|QUOTES|FOUND_IN]->(work:Source)
    WHERE type(way) = 'RELIES_ON' OR NOT EXISTS { (e)-[:RELIES_ON]->() } AND
      (type(way) = 'QUOTES' OR NOT EXISTS { (e)-[:QUOTES]->() })
    RETURN DISTINCT work.id ORDER BY work.id
  } AS works
ORDER BY kind, readings[0].start_lo, happening

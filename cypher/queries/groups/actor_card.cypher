// Card of an actor
//
// What is on record about this actor: what it is, what it was called, who belongs to it and where it belongs, what it
// came from and became, and how many happenings are told of its words, support, ties and events? Where a count says
// not stated, no text tells of any, which does not say that there were none.
//
// @param actor actor: whose card
// @row part: is, called, members, belongs to, lineage, or on record
// @row what: what is told
// @row value: the value, the name, the other actor, or the number of distinct happenings
// @row date: when, each reading as the source gives it; for happenings the first year that is told
// @row certainty: certain, possible or undated for members, belonging and lineage; empty for the rest
// @row status: accepted when one reading is, else the worst there is; empty for what is no claim
// @row records: ids of the records that say so; empty for counts
// @row citations: passages that support them; empty for counts
// @row origins: independent origins among them
// @key part, what, value
// @group part
// @show what, value, date, certainty, status, citations
// @example actor = boko-haram
MATCH (actor:Actor {id: $actor})
CALL (actor) {
  UNWIND [[1, 'name', [actor.name]], [2, 'kind', [actor.kind]], [3, 'type', actor.arrangement_type],
    [4, 'country', actor.country], [5, 'ideology', actor.ideology], [6, 'founded', [actor.founded]],
    [7, 'dissolved', [actor.dissolved]], [8, 'known elsewhere as', actor.xref], [9, 'note', [actor.note]]] AS fact
  UNWIND fact[2] AS value
  WITH actor, fact, value WHERE value IS NOT NULL
  RETURN 0 AS section, fact[0] AS place, 'is' AS part, fact[1] AS what, toString(value) AS value, null AS date,
    actor AS node
  UNION ALL
  MATCH (actor)<-[:OF]-(n:Name)
  RETURN 1 AS section, 0 AS place, 'called' AS part, n.name_type AS what, n.name AS value, n.valid AS date, n AS node
  UNION ALL
  MATCH (actor)<-[way:FROM|TO]-(c:Tie {tie_type: 'membership'})-[:FROM|TO]->(other:Actor)
  WHERE c.status <> 'rejected' AND coalesce(c.presence, 'present') = 'present'
  RETURN CASE type(way) WHEN 'TO' THEN 2 ELSE 3 END AS section, 0 AS place,
    CASE type(way) WHEN 'TO' THEN 'members' ELSE 'belongs to' END AS part,
    coalesce(c.role, 'member') AS what, other.name AS value, c.date AS date, c AS node
  UNION ALL
  MATCH (actor)<-[way:FROM|TO]-(c:Lineage)-[:FROM|TO]->(other:Actor)
  WHERE c.status <> 'rejected'
  RETURN 4 AS section, 0 AS place, 'lineage' AS part,
    c.relation + CASE type(way) WHEN 'FROM' THEN ': into or part of' ELSE ': from or its part' END AS what,
    other.name AS value, c.date AS date, c AS node
  UNION ALL
  WITH actor, COLLECT {
    MATCH (actor)<-[way:FROM|TO|INVOLVES]-(c:Claim)
    WHERE c.status <> 'rejected'
    UNWIND CASE
      WHEN c:Pledge THEN CASE type(way) WHEN 'FROM' THEN ['words by it'] WHEN 'TO' THEN ['words to it'] ELSE [] END
      WHEN c:Support AND c.presence = 'absent' THEN
        CASE type(way) WHEN 'INVOLVES' THEN [] ELSE ['support said not to have passed'] END
      WHEN c:Support AND (c.stage <> 'given' OR type(way) = 'INVOLVES') THEN []
      WHEN c:Support AND c.direction <> 'one_way' THEN ['support given by it', 'support received by it']
      WHEN c:Support THEN [CASE type(way) WHEN 'FROM' THEN 'support given by it' ELSE 'support received by it' END]
      WHEN c:Tie AND (c.presence = 'absent' OR c.tie_type = 'membership' OR type(way) = 'INVOLVES') THEN []
      WHEN c:Tie THEN ['ties']
      WHEN c:Schism AND type(way) <> 'INVOLVES' THEN ['breaks']
      WHEN c:Event THEN ['events']
      ELSE []
    END AS what
    WITH what, left(toString(min(c.start_lo)), 4) AS first, count(DISTINCT coalesce(c.occurrence, c.id)) AS number
    RETURN {what: what, first: first, number: number}
  } AS told
  UNWIND [[1, 'words by it'], [2, 'words to it'], [3, 'support given by it'], [4, 'support received by it'],
    [5, 'support said not to have passed'], [6, 'ties'], [7, 'breaks'], [8, 'events']] AS line
  WITH actor, line, [t IN told WHERE t.what = line[1]][0] AS told
  RETURN 5 AS section, line[0] AS place, 'on record' AS part, line[1] AS what,
    coalesce(toString(told.number), 'not stated') AS value, told.first AS date, actor AS node
}
WITH section, place, part, what, value, date, node, CASE
    WHEN NOT section IN [2, 3, 4] THEN null
    WHEN coalesce(node.start_lo, node.start_hi, node.end_lo, node.end_hi) IS NULL THEN 'undated'
    WHEN coalesce(node.sure, node.status = 'accepted' AND NOT coalesce(node.date_uncertain, false)) THEN 'certain'
    ELSE 'possible'
  END AS certainty
ORDER BY node.start_lo, node.id
WITH section, place, part, what, value, collect(DISTINCT date) AS date, collect(DISTINCT node) AS nodes,
  collect(certainty) AS certainties
WITH *, [n IN nodes | n.status] AS statuses
RETURN part, what, value, date,
  [c IN ['certain', 'possible', 'undated'] WHERE c IN certainties][0] AS certainty,
  [s IN ['accepted', 'disputed', 'needs_work'] WHERE s IN statuses][0] AS status,
  CASE section WHEN 5 THEN [] ELSE [n IN nodes | n.id] END AS records,
  CASE section WHEN 5 THEN null ELSE COUNT {
    UNWIND nodes AS n MATCH (n)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN DISTINCT e } END AS citations,
  CASE section WHEN 5 THEN null ELSE COUNT {
    UNWIND nodes AS n MATCH (n)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN DISTINCT e.origin } END AS origins
ORDER BY section, place, what, value

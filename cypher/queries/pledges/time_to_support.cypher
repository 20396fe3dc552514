// Time from a pledge to the first physical support
//
// How many days after a pledge did the first support of the five kinds pass between the two, either way? Dates are
// bounds, so that the days are too: the least may be negative, when support may have come first. Support that
// certainly ended before the pledge is left out; alleged and disputed support cannot make the time shorter for sure.
// Where no support is stated, silence is not taken for absence.
//
// @param hub actor = null: only pledges to this actor; none takes all
// @param silent flag = true: also pledges after which no support is stated
// @row actor: who pledged
// @row actor_id: its id
// @row hub: to whom
// @row hub_id: id of that actor
// @row pledged: when, each reading as the source gives it
// @row support: dated, undated (it is told without a date) or not stated
// @row first: the support that may have come first: who gave, which kind, and when
// @row days_least: fewest days from the pledge to it; empty when not known
// @row days_most: most days from the pledge to support that is accepted and not only alleged; empty when not known
// @row occurrence: what readings of the pledge share
// @row claims: ids of the claims, the pledge first
// @row citations: passages that support them
// @row origins: independent origins among them
// @key actor_id, hub_id, occurrence
// @show actor, hub, pledged, days_least, days_most, first, support
// @example silent = false
CALL () { // with a hub, only the pledges to it
  MATCH (:Actor {id: $hub})<-[:TO]-(c:Pledge)
  WHERE c.act IN ['pledge', 'not_stated']
  RETURN c
  UNION
  UNWIND CASE WHEN $hub IS NULL THEN [1] ELSE [] END AS all
  MATCH (c:Pledge)
  WHERE c.act IN ['pledge', 'not_stated']
  RETURN c
}
MATCH (actor:Actor)<-[:FROM]-(c)-[:TO]->(hub:Actor)
WHERE c.status <> 'rejected' AND c.sure IS NOT NULL AND coalesce(c.force, 'in_force') <> 'refused'
WITH actor, hub, c, date('0001-01-01') AS dawn, date('9999-12-31') AS dusk ORDER BY c.start_lo, c.end_hi, c.id
WITH actor, hub, dawn, dusk, coalesce(c.occurrence, c.id) AS occurrence, collect(c) AS pledges
WITH *, [p IN pledges | {lo: coalesce(p.start_lo, dawn), hi: coalesce(p.end_hi, dusk)}] AS spans
WITH *, [s IN spans WHERE
  none(o IN spans WHERE o.lo >= s.lo AND o.hi <= s.hi AND (o.lo > s.lo OR o.hi < s.hi))] AS finest
WITH *, coll.min([s IN finest | s.lo]) AS lo, coll.max([s IN finest | s.hi]) AS hi
WITH *, COLLECT {
  MATCH (actor)<-[:FROM|TO]-(s:Support {stage: 'given', presence: 'present'})-[:FROM|TO]->(x:Actor)
  WHERE x = hub AND s.status <> 'rejected' AND NOT coalesce(s.end_hi < lo, false) AND
    s.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
  RETURN s ORDER BY s.start_lo, s.end_hi, s.id
} AS supports
WHERE $silent OR supports <> []
WITH *, [s IN supports WHERE coalesce(s.start_lo, s.start_hi, s.end_lo, s.end_hi) IS NOT NULL] AS dated
WITH *, pledges + supports AS claims,
  coll.min([s IN dated | coalesce(s.start_lo, dawn)] + dusk) AS soonest,
  coll.min([s IN dated WHERE s.sure AND s.start_hi IS NOT NULL | s.start_hi] + dusk) AS latest
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN actor.name AS actor, actor.id AS actor_id, hub.name AS hub, hub.id AS hub_id,
  coll.distinct([p IN pledges WHERE p.date IS NOT NULL | p.date]) AS pledged,
  CASE WHEN dated <> [] THEN 'dated' WHEN supports <> [] THEN 'undated' ELSE 'not stated' END AS support,
  CASE WHEN dated <> [] THEN CASE
      WHEN dated[0].direction <> 'one_way' THEN 'both or either'
      WHEN EXISTS { WITH dated[0] AS s MATCH (s)-[:FROM]->(hub) } THEN hub.name
      ELSE actor.name
    END + ': ' + dated[0].support_type + coalesce(' ' + dated[0].date, '') END AS first,
  CASE WHEN NOT soonest IN [dawn, dusk] AND hi <> dusk THEN duration.inDays(hi, soonest).days END AS days_least,
  CASE WHEN latest <> dusk AND lo <> dawn THEN duration.inDays(lo, latest).days END AS days_most,
  occurrence, [c IN claims | c.id] AS claims,
  citations, origins
ORDER BY CASE support WHEN 'dated' THEN 0 WHEN 'undated' THEN 1 ELSE 2 END, actor, actor_id, hub_id, occurrence

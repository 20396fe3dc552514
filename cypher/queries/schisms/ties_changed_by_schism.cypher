// Ties that changed class with a schism
//
// Whose ties with either side are worth something else after a break of allegiance than before it? The classes are
// those of `rhetorical_ties_after_schism`, by the same rule, once for the time before the break and once from it to a
// last day; a test holds the two queries together. Ties without a class before are new and are left out unless
// `before` names that class. A tie that becomes `no cooperative tie recorded` is one of which the texts say no more,
// not one that they call broken. What is dated to the year of the break possibly stands on both sides of it.
//
// @param schism schism = aq-is-schism: the break, by the id of its occurrence or of one reading of it
// @param hub actor[] = null: whose ties; none takes both sides of the break
// @param since date = null: first day of the time before the break; none leaves it open
// @param until date = 2015-12-31: last day of the time after the break
// @param before class[] = null: classes before; none takes all but those without a cooperative tie
// @param after class[] = null: classes after; none takes all
// @param unchanged flag = false: true lists also the pairs whose class is the same
// @row hub: the side whose ties these are
// @row hub_id: its id
// @row actor: the other end; persons are left out
// @row actor_id: its id
// @row class_before: what the tie was worth before the break, over what possibly holds
// @row class_after: what it is worth after it, over what possibly holds
// @row certainty: certain when both classes are the same over what holds for certain, else possible
// @row certain_before: the class before over what holds for certain
// @row certain_after: the class after over what holds for certain
// @row disputed: deciding claims that are disputed, need work or are only alleged
// @row claims_before: ids of the claims and searches that decide the class before
// @row claims_after: ids of those that decide the class after
// @row citations: passages that support them
// @row origins: independent origins among them
// @key hub_id, actor_id
// @group hub
// @show actor, class_before, class_after, certainty, citations

// The break lies somewhere within its readings; of two that agree, the less exact one is left out.
MATCH (reading:Schism)-[:FROM|TO]->(side:Actor)
WHERE (reading.occurrence = $schism OR reading.id = $schism) AND reading.status <> 'rejected'
WITH date('0001-01-01') AS dawn, date('9999-12-31') AS dusk, // stand for "not known" at either end
  collect(DISTINCT reading) AS readings, collect(DISTINCT side.id) AS sides
WITH *, [r IN readings WHERE coalesce(r.start_lo, r.start_hi, r.end_lo, r.end_hi) IS NOT NULL |
  {lo: coalesce(r.start_lo, dawn), hi: coalesce(r.end_hi, dusk)}] AS spans
WITH *, [s IN spans WHERE none(o IN spans WHERE o <> s AND o.lo >= s.lo AND o.hi <= s.hi)] AS finest
UNWIND CASE finest WHEN [] THEN [{lo: dawn, hi: dusk}] ELSE finest END AS span
WITH dawn, dusk, sides, min(span.lo) AS opens, max(span.hi) AS open,
  coalesce(date($since), dawn) AS since, date($until) AS until, duration({days: 1}) AS day
WITH dawn, dusk, sides, [ // the time before and the time after, each with the bounds of its first and its last day
  {first_lo: since, first_hi: since, last_lo: opens - day, last_hi: open - day},
  {first_lo: opens, first_hi: open, last_lo: until, last_hi: until}
] AS windows

// Each side's pairs, and what every claim of a pair says.
MATCH (hub:Actor)
WHERE hub.id IN coalesce($hub, sides)
MATCH (hub)<-[way:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(actor:Actor)
WHERE c.status <> 'rejected' AND NOT actor:Person AND NOT (hub.id IN sides AND actor.id IN sides) AND
  coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL
WITH *, c:Support AND coalesce(c.direction, 'one_way') <> 'one_way' AS both_ways,
  CASE WHEN c:Pledge THEN c.force END AS force, CASE
    WHEN c:Support THEN CASE
      WHEN c.stage <> 'given' THEN null
      WHEN c.presence = 'absent' THEN 'absence'
      WHEN c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
        THEN 'given'
    END
    WHEN c:Tie THEN CASE
      WHEN c.presence = 'present' AND c.tie_type IN ['alliance', 'affiliation', 'association', 'host'] THEN 'tie'
    END
    WHEN c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' THEN 'tie' // an opening act
  END AS part
WHERE part IS NOT NULL
ORDER BY c.start_lo, c.id
WITH dawn, dusk, windows, hub, actor, collect({
  node: c, part: part, from_hub: type(way) = 'FROM' OR both_ways, to_hub: type(way) = 'TO' OR both_ways,
  start_lo: coalesce(CASE WHEN force IS NULL THEN c.start_lo ELSE c.force_start_lo END, dawn),
  start_hi: coalesce(CASE WHEN force IS NULL THEN c.start_hi ELSE c.force_start_hi END, dusk),
  end_lo: coalesce(CASE WHEN force IS NULL THEN c.end_lo ELSE c.force_end_lo END, dawn),
  end_hi: coalesce(CASE WHEN force IS NULL THEN c.end_hi ELSE c.force_end_hi END, dusk),
  covers: CASE part WHEN 'absence' THEN {
    may: {first: coalesce(c.may_cover_from, dawn), last: coalesce(c.may_cover_to, dusk)},
    surely: {first: c.covers_from, last: c.covers_to}} END
}) AS claims
WITH *, [(actor)<-[two:ABOUT]-(s:Search)-[one:ABOUT]->(side:Actor) // the hub has many, the other end has few
  WHERE side = hub AND s.outcome = 'none_found' AND s.status <> 'rejected' AND
    one.role IN ['subject', 'object'] AND two.role IN ['subject', 'object'] AND one.role <> two.role AND
    coalesce(s.start_lo, s.start_hi, s.end_lo, s.end_hi) IS NOT NULL AND ('any' IN s.looked_for OR all(t IN
      ['operational', 'material', 'territorial', 'training', 'financial'] WHERE t IN s.looked_for)) |
  {node: s, from_hub: one.role = 'subject', to_hub: one.role = 'object', covers: {
    may: {first: coalesce(s.start_lo, dawn), last: coalesce(s.end_hi, dusk)},
    surely: CASE WHEN s.status = 'accepted' AND NOT coalesce(s.date_uncertain, false)
      THEN {first: s.start_hi, last: s.end_lo} ELSE {} END}}] AS searches

// For each time: what may hold and what surely holds, the class of each direction, then of the pair.
UNWIND range(0, 1) AS time
WITH dawn, hub, actor, time, searches, windows[time] AS w, [x IN claims WHERE x.part = 'absence'] AS absences,
  [x IN claims WHERE x.start_lo <= windows[time].last_hi AND x.end_hi >= windows[time].first_lo] AS holding
WITH *, [x IN holding WHERE x.part <> 'absence' AND x.node.sure AND x.node.sure_start <= w.last_lo AND
  coalesce(x.node.sure_end, dawn) >= w.first_hi] AS sure
WITH *, [
  {how: 'may', holding: holding, ties: [x IN holding WHERE x.part = 'tie' | {
    first: CASE WHEN x.start_hi > w.first_hi THEN x.start_hi ELSE w.first_hi END,
    last: CASE WHEN x.end_lo < w.last_lo THEN x.end_lo ELSE w.last_lo END}]},
  {how: 'surely', holding: sure, ties: [x IN holding WHERE x.part = 'tie' | {
    first: CASE WHEN x.start_lo > w.first_lo THEN x.start_lo ELSE w.first_lo END,
    last: CASE WHEN x.end_hi < w.last_hi THEN x.end_hi ELSE w.last_hi END}]}
] AS passes
WITH *, [pass IN passes | [way IN ['from_hub', 'to_hub'] | CASE
  WHEN any(x IN pass.holding WHERE x.part = 'given' AND x[way]) THEN 'material'
  WHEN none(x IN pass.holding WHERE x.part = 'tie') THEN 'no cooperative tie recorded'
  WHEN all(tie IN pass.ties WHERE all(kind IN ['operational', 'material', 'territorial', 'training', 'financial']
    WHERE any(x IN absences WHERE x[way] AND x.node.support_type IN [kind, 'any'] AND
      x.covers[pass.how].first <= tie.first AND x.covers[pass.how].last >= tie.last))) THEN 'rhetorical'
  WHEN all(tie IN pass.ties WHERE any(s IN searches WHERE s[way] AND
    s.covers[pass.how].first <= tie.first AND s.covers[pass.how].last >= tie.last)) THEN 'searched, none found'
  ELSE 'not stated'
END]] AS directions
WITH *, [ways IN directions | CASE
  WHEN 'material' IN ways THEN 'material'
  WHEN all(way IN ways WHERE way = 'rhetorical') THEN 'rhetorical'
  WHEN all(way IN ways WHERE way IN ['rhetorical', 'searched, none found']) THEN 'searched, none found'
  WHEN 'not stated' IN ways THEN 'not stated'
  ELSE 'no cooperative tie recorded'
END] AS classes
WITH hub, actor, time, classes, CASE
    WHEN classes[0] = 'material' THEN [x IN holding WHERE x.part = 'given']
    WHEN classes[0] IN ['rhetorical', 'searched, none found'] THEN [x IN holding WHERE x.part = 'tie'] +
      [x IN holding WHERE x.part = 'absence' AND
        x.node.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'any']] +
      CASE classes[0] WHEN 'rhetorical' THEN [] ELSE searches END
    ELSE [x IN holding WHERE x.part = 'tie']
  END AS deciding
ORDER BY time

// Before beside after.
WITH hub, actor, collect(classes) AS classes, collect([x IN deciding | x.node]) AS deciding
WITH hub, actor, classes[0] AS before, classes[1] AS after, deciding[0] AS earlier, deciding[1] AS later
WHERE ($unchanged OR before[0] <> after[0]) AND ($after IS NULL OR after[0] IN $after) AND
  before[0] IN coalesce($before, ['material', 'rhetorical', 'searched, none found', 'not stated'])
CALL (earlier, later) {
  UNWIND earlier + later AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN hub.name AS hub, hub.id AS hub_id, actor.name AS actor, actor.id AS actor_id,
  before[0] AS class_before, after[0] AS class_after,
  CASE WHEN before[0] = before[1] AND after[0] = after[1] THEN 'certain' ELSE 'possible' END AS certainty,
  before[1] AS certain_before, after[1] AS certain_after,
  size([c IN earlier + [x IN later WHERE NOT x IN earlier] WHERE c.status <> 'accepted' OR c.alleged]) AS disputed,
  [c IN earlier | c.id] AS claims_before, [c IN later | c.id] AS claims_after,
  citations, origins
ORDER BY hub, hub_id, class_before, class_after, actor, actor_id

// Groups that took no side after a schism
//
// Which groups had a tie with a side before an allegiance broke and after it have ties with both sides, or with
// neither as far as any text says? A tie is a pledge in force, an alliance, affiliation, association or host, or
// support of the five kinds given either way. `not stated` is silence of the texts, not a decision to stand apart.
// A group whose only ties have no date is listed as undated, since nothing tells whether they outlived the break.
//
// @param schism schism = aq-is-schism: the break, by the id of its occurrence or of one reading of it
// @param until date = 2015-12-31: last day that counts as after the break
// @row actor: the group
// @row actor_id: its id
// @row stand: with both, not stated or undated
// @row certainty: certain when it is the same over what holds for certain, possible or undated
// @row before: the sides with which it had a tie before, each certain, possible or undated
// @row after: the sides with which it has a tie after the break, each certain or possible
// @row last_known: the last day on which one of its ties with a side is sure to have stood; empty where none is
// @row disputed: claims among them that are disputed, need work or are only alleged
// @row claims: ids of the claims, the earliest first
// @row citations: passages that support them
// @row origins: independent origins among them
// @key actor_id
// @group stand
// @show actor, certainty, before, after, last_known, citations

// The break lies somewhere within its readings; of two that agree, the less exact one is left out.
MATCH (reading:Schism)-[:FROM|TO]->(side:Actor)
WHERE (reading.occurrence = $schism OR reading.id = $schism) AND reading.status <> 'rejected'
WITH collect(DISTINCT reading) AS readings, collect(DISTINCT side.id) AS sides, date($until) AS until
WITH *, [r IN readings WHERE coalesce(r.start_lo, r.start_hi, r.end_lo, r.end_hi) IS NOT NULL |
  {lo: coalesce(r.start_lo, date('0001-01-01')), hi: coalesce(r.end_hi, date('9999-12-31'))}] AS spans
WITH *, [s IN spans WHERE none(o IN spans WHERE o <> s AND o.lo >= s.lo AND o.hi <= s.hi)] AS finest
UNWIND CASE finest WHEN [] THEN [{lo: date('0001-01-01'), hi: date('9999-12-31')}] ELSE finest END AS span
WITH readings, sides, until, min(span.lo) AS opens, max(span.hi) AS open

// The cooperative claims of each group with each side, and whether they stand before the break and after it.
MATCH (side:Actor)<-[:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(actor:Group)
WHERE side.id IN sides AND NOT actor.id IN sides AND c.status <> 'rejected' AND CASE
  WHEN c:Tie THEN c.presence = 'present' AND c.tie_type IN ['alliance', 'affiliation', 'association', 'host']
  WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
    c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
  ELSE c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' // an opening act
END
WITH *, coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL AS undated,
  CASE WHEN c.force IS NULL THEN c.end_hi ELSE c.force_end_hi END AS last
WITH *,
  NOT undated AND coalesce(c.start_lo < open, true) AND none(id IN coalesce(c.after, [])
    WHERE id IN [r IN readings | r.id]) AS before,
  coalesce(c.sure AND c.sure_start < opens, false) AS surely_before,
  NOT undated AND coalesce(c.start_lo <= until, true) AND coalesce(last >= opens, true) AS after,
  coalesce(c.sure AND c.sure_start <= until AND c.sure_end >= open, false) AS surely_after
ORDER BY c.start_lo, c.id
WITH actor, side, collect(c) AS claims, max(undated) AS undated, max(before) AS before,
  max(surely_before) AS surely_before, max(after) AS after, max(surely_after) AS surely_after
ORDER BY side.name
WITH actor, coll.flatten(collect(claims)) AS claims,
  collect({side: side.name, before: before, surely_before: surely_before, after: after, surely_after: surely_after,
    undated: undated AND NOT before}) AS sides
WITH *, [s IN sides WHERE s.after] AS after
WHERE any(s IN sides WHERE s.before OR s.undated) AND size(after) <> 1
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN actor.name AS actor, actor.id AS actor_id,
  CASE
    WHEN size(after) > 1 THEN 'with both'
    WHEN any(s IN sides WHERE s.undated) THEN 'undated'
    ELSE 'not stated'
  END AS stand,
  CASE
    WHEN after = [] AND any(s IN sides WHERE s.undated) THEN 'undated'
    WHEN all(s IN after WHERE s.surely_after) AND any(s IN sides WHERE s.surely_before) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  [s IN sides WHERE s.before OR s.undated | s.side + CASE WHEN s.undated THEN ' (undated)'
    WHEN s.surely_before THEN ' (certain)' ELSE ' (possible)' END] AS before,
  [s IN after | s.side + CASE WHEN s.surely_after THEN ' (certain)' ELSE ' (possible)' END] AS after,
  reduce(day = null, c IN claims | CASE WHEN c.sure AND (day IS NULL OR c.sure_end > day) THEN c.sure_end ELSE day END)
    AS last_known,
  size([c IN claims WHERE c.status <> 'accepted' OR c.alleged]) AS disputed, [c IN claims | c.id] AS claims,
  citations, origins
ORDER BY stand, actor, actor_id

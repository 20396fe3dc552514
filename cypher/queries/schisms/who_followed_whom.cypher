// Who followed whom after a schism
//
// Which groups that had a tie with a side before an allegiance broke have a tie with which side after it? They stayed,
// came over, or have ties with both. A tie is a pledge in force, an alliance, affiliation, association or host, or
// support of the five kinds given either way. What is dated to a year in which the break falls possibly stands
// on both sides of it, so read `certainty`; a tie without a date decides nothing and is named as undated. A group
// without a row is one of whose tie after the break no text says anything: see `undecided_groups`.
//
// @param schism schism = aq-is-schism: the break, by the id of its occurrence or of one reading of it
// @param until date = 2015-12-31: last day that counts as after the break
// @param newcomers flag = false: true lists also groups without a known tie before the break
// @row actor: the group
// @row actor_id: its id
// @row course: stayed, came over, with both, order not stated (earlier ties have no date) or newcomer
// @row certainty: certain when it is the same over what holds for certain, undated when the order is not stated,
//   else possible
// @row followed: the sides with which it has a tie after the break, each certain or possible
// @row before: the sides with which it had a tie before, each certain, possible or undated
// @row disputed: claims among them that are disputed, need work or are only alleged
// @row claims: ids of the claims, the earliest first
// @row citations: passages that support them
// @row origins: independent origins among them
// @key actor_id
// @show actor, followed, course, certainty, before, citations

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
WHERE any(s IN sides WHERE s.after) AND ($newcomers OR any(s IN sides WHERE s.before OR s.undated))
WITH *, [how IN [['before', 'after'], ['surely_before', 'surely_after']] | CASE
  WHEN all(s IN sides WHERE NOT s[how[1]]) THEN 'not stated'
  WHEN size([s IN sides WHERE s[how[1]]]) > 1 THEN 'with both'
  WHEN any(s IN sides WHERE s[how[0]] AND s[how[1]]) THEN 'stayed'
  WHEN any(s IN sides WHERE s[how[0]]) THEN 'came over'
  WHEN any(s IN sides WHERE s.undated) THEN 'order not stated'
  ELSE 'newcomer'
END] AS courses
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN actor.name AS actor, actor.id AS actor_id, courses[0] AS course,
  CASE
    WHEN courses[0] = 'order not stated' THEN 'undated'
    WHEN courses[0] = courses[1] THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  [s IN sides WHERE s.after | s.side + CASE WHEN s.surely_after THEN ' (certain)' ELSE ' (possible)' END] AS followed,
  [s IN sides WHERE s.before OR s.undated | s.side + CASE WHEN s.undated THEN ' (undated)'
    WHEN s.surely_before THEN ' (certain)' ELSE ' (possible)' END] AS before,
  size([c IN claims WHERE c.status <> 'accepted' OR c.alleged]) AS disputed, [c IN claims | c.id] AS claims,
  citations, origins
ORDER BY followed, actor, actor_id

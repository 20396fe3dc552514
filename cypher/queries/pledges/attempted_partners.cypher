// Attempted partners, and what came of each
//
// Whom did this actor try to win, by an offer, a pledge, a claim or a request for support, and what came of it:
// answers, ties, support given, promised or said not to have come? What was certainly earlier than the first attempt
// is apart.
//
// @param actor actor: who tried
// @row partner: whom it tried to win
// @row partner_id: id of that actor
// @row outcome: the best that came of it: material support (of the five kinds or unspecified), other support, tie,
//   promise, contact, refused, nothing (a text says so), or not stated
// @row certainty: certain when the outcome rests on accepted claims that are not only alleged, else possible
// @row attempts: what was tried, each with its date
// @row came_of_it: what came of it, each with its date; `got` and `gave` are the
//   actor's, `by it` is the partner's act
// @row together: happenings in which both took part
// @row before: what was certainly earlier than the first attempt
// @row claims: ids of the claims, attempts first
// @row evidence: ids of the passages
// @row passages: where they stand
// @row citations: passages that support the claims
// @row origins: independent origins among them
// @key partner_id
// @show partner, outcome, came_of_it, attempts, certainty, citations
// @example actor = red-army-faction
MATCH (actor:Actor {id: $actor})<-[way:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(partner:Actor)
WHERE c.status <> 'rejected'
WITH actor, partner, c, type(way) = 'TO' AS inward, coalesce(c.direction, 'one_way') <> 'one_way' AS both_ways,
  coalesce(c.presence, 'present') = 'absent' AS absent
WITH *, CASE
    WHEN c.stage = 'sought' THEN inward OR both_ways
    WHEN c:Pledge THEN NOT inward AND c.act IN ['offer', 'pledge', 'claim', 'renew']
    ELSE false
  END AS attempt,
  CASE
    WHEN c.stage = 'given' AND NOT absent THEN CASE c.support_type WHEN 'other' THEN 1 ELSE 0 END
    WHEN c:Pledge AND c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' THEN 2 // an opening act
    WHEN c.tie_type IN ['alliance', 'affiliation', 'association', 'host'] AND NOT absent THEN 2
    WHEN c.stage = 'promised' THEN 3
    WHEN c.tie_type = 'contact' AND NOT absent THEN 4
    WHEN c.force = 'refused' OR c.act IN ['refuse', 'deny'] AND inward THEN 5
    WHEN absent THEN 6
    ELSE 7
  END AS rank,
  CASE
    WHEN c:Pledge THEN c.act + CASE WHEN inward THEN ' by it' ELSE '' END
    WHEN c:Tie THEN CASE WHEN absent THEN 'no ' ELSE '' END + c.tie_type
    ELSE CASE
      WHEN c.stage = 'sought' THEN 'sought '
      WHEN c.stage = 'promised' THEN CASE WHEN inward THEN 'was promised ' ELSE 'promised ' END
      WHEN c.direction = 'mutual' THEN 'got and gave '
      WHEN both_ways THEN 'got or gave '
      WHEN inward THEN 'got '
      ELSE 'gave '
    END + CASE WHEN absent THEN 'no ' ELSE '' END + c.support_type + ' support'
  END + coalesce(' ' + c.date, '') + CASE c.status WHEN 'accepted' THEN '' ELSE ' (' + c.status + ')' END
    + CASE coalesce(c.alleged, false) WHEN true THEN ' (alleged)' ELSE '' END AS text
ORDER BY c.start_lo, c.end_hi, rank, c.id
WITH actor, partner, collect({
  node: c, attempt: attempt, rank: rank, text: text, lo: c.start_lo, hi: c.end_hi,
  its_own: coalesce(c.stage, '') = 'sought' AND NOT attempt,
  accepted: c.status = 'accepted' AND NOT coalesce(c.alleged, false)
}) AS all
WITH actor, partner, all, [x IN all WHERE x.attempt] AS attempts
WHERE attempts <> []
WITH *, reduce(lo = attempts[0].lo, x IN attempts | CASE WHEN x.lo < lo THEN x.lo ELSE lo END) AS first
WITH *, [x IN all WHERE NOT x.attempt AND NOT x.its_own AND coalesce(x.hi < first, false)] AS before,
  [x IN all WHERE NOT x.attempt AND NOT x.its_own AND NOT coalesce(x.hi < first, false)] AS after
WITH *, [x IN attempts WHERE x.rank IN [2, 5]] + after AS deciding
WITH *, reduce(best = 7, x IN deciding | CASE WHEN x.rank < best THEN x.rank ELSE best END) AS best,
  reduce(best = 7, x IN deciding | CASE WHEN x.accepted AND x.rank < best THEN x.rank ELSE best END) AS sure,
  COLLECT {
    MATCH (actor)<-[:INVOLVES]-(e:Event)-[:INVOLVES]->(partner) WHERE e.status <> 'rejected'
    RETURN DISTINCT e ORDER BY e.start_lo, e.id
  } AS events
WITH *, [x IN attempts + after + before | x.node] + events AS claims
WITH *, COLLECT {
    UNWIND claims AS c
    MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
    RETURN DISTINCT e ORDER BY e.id
  } AS passages
RETURN partner.name AS partner, partner.id AS partner_id,
  ['material support', 'other support', 'tie', 'promise', 'contact', 'refused', 'nothing', 'not stated'][best]
    AS outcome,
  CASE best WHEN sure THEN 'certain' ELSE 'possible' END AS certainty,
  coll.distinct([x IN attempts | x.text]) AS attempts,
  coll.distinct([x IN after | x.text]) AS came_of_it,
  [e IN events | e.title + coalesce(' ' + e.date, '')] AS together,
  coll.distinct([x IN before | x.text]) AS before,
  [c IN claims | c.id] AS claims, [e IN passages | e.id] AS evidence,
  COLLECT {
    UNWIND passages AS e
    MATCH (e)-[found:FOUND_IN]->(work:Source)
    RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
      coalesce(', line ' + found.line, '') AS place ORDER BY place
  } AS passages,
  size(passages) AS citations, COUNT { UNWIND passages AS e RETURN DISTINCT e.origin } AS origins
ORDER BY first, partner, partner_id

// Balance of support between two actors
//
// Which kinds of support passed between these two, which way, how often, and does it go both ways? A happening that
// several texts tell counts once. An empty cell means that no text says anything; 0 that a text says none passed.
// Promised and sought support is left out. With a window, claims without a date are only listed as undated; without
// one they count as possible. Support whose direction is mutual or not stated counts both ways.
//
// @param actor actor: the one
// @param other actor: the other
// @param since date = null: first day of the window; none leaves it open
// @param until date = null: last day of the window; none leaves it open
// @row support_type: kind of support; `any` where a text says that none of the five passed
// @row given: happenings in which the one gave, over what possibly holds
// @row given_certain: those that hold for certain
// @row received: happenings in which the one received, over what possibly holds
// @row received_certain: those that hold for certain
// @row balance: given only, received only or both ways, with `none passed back` where a text says so; none passed;
//   else undated only
// @row disputed: claims of the row that are disputed, need work or are only alleged
// @row undated: ids of the claims without a date
// @row claims: ids of all claims of the row
// @row citations: passages that support them
// @row origins: independent origins among them
// @key support_type
// @show support_type, given, given_certain, received, received_certain, balance, citations
// @example actor = al-qaeda
// @example other = islamic-state
MATCH (:Actor {id: $actor})<-[way:FROM|TO]-(c:Support {stage: 'given'})-[:FROM|TO]->(:Actor {id: $other})
WHERE c.status <> 'rejected'
WITH c, date($since) AS since, date($until) AS until, coalesce(c.occurrence, c.id) AS happening,
  type(way) = 'FROM' OR c.direction <> 'one_way' AS out, type(way) = 'TO' OR c.direction <> 'one_way' AS back,
  coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL AS undated
WHERE undated OR (
  (c.start_lo IS NULL OR until IS NULL OR c.start_lo <= until) AND
  (c.end_hi IS NULL OR since IS NULL OR c.end_hi >= since)
)
WITH *, NOT undated OR since IS NULL AND until IS NULL AS counts,
  coalesce(c.sure AND (until IS NULL OR c.sure_start <= until) AND (since IS NULL OR c.sure_end >= since), false)
    AS certain
WITH *, counts AND c.presence = 'present' AS passed, counts AND c.presence = 'absent' AS none_passed
ORDER BY c.start_lo, c.id
WITH c.support_type AS support_type, collect(c) AS claims,
  count(DISTINCT CASE WHEN passed AND out THEN happening END) AS given,
  count(DISTINCT CASE WHEN passed AND out AND certain THEN happening END) AS given_certain,
  count(DISTINCT CASE WHEN passed AND back THEN happening END) AS received,
  count(DISTINCT CASE WHEN passed AND back AND certain THEN happening END) AS received_certain,
  max(none_passed AND out) AS none_given, max(none_passed AND back) AS none_received
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN support_type,
  CASE WHEN given > 0 THEN given WHEN none_given THEN 0 END AS given,
  CASE WHEN given > 0 THEN given_certain WHEN none_given THEN 0 END AS given_certain,
  CASE WHEN received > 0 THEN received WHEN none_received THEN 0 END AS received,
  CASE WHEN received > 0 THEN received_certain WHEN none_received THEN 0 END AS received_certain,
  CASE
    WHEN given > 0 AND received > 0 THEN 'both ways'
    WHEN given > 0 THEN 'given only' + CASE WHEN none_received THEN ', none passed back' ELSE '' END
    WHEN received > 0 THEN 'received only' + CASE WHEN none_given THEN ', none passed back' ELSE '' END
    WHEN none_given OR none_received THEN 'none passed'
    ELSE 'undated only'
  END AS balance,
  size([c IN claims WHERE c.status <> 'accepted' OR c.alleged]) AS disputed,
  [c IN claims WHERE coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL | c.id] AS undated,
  [c IN claims | c.id] AS claims,
  citations, origins
ORDER BY support_type

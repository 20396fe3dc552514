// Support of an actor by kind and year
//
// In which years did this actor give or get which kind of support, and how many happenings were there? A happening
// that several texts tell counts once, and in each year of its spell. A year without a row is a year of which no
// text says anything, not a year without support. What has no date comes last, without a year. Support that goes on
// without a known end is possible in each later year. Support whose direction is mutual or not stated counts both ways.
//
// @param actor actor: whose support
// @param since integer = 1970: first year
// @param until integer = 2020: last year
// @row year: the year; empty where no text gives a date
// @row side: gave or got
// @row support_type: kind of support
// @row possible: happenings that possibly hold in the year, the certain ones among them
// @row certain: happenings that hold in the year for certain
// @row disputed: claims among them that are disputed, need work or are only alleged
// @row partners: the other actors
// @row claims: ids of the claims
// @row citations: passages that support them
// @row origins: independent origins among them
// @key year, side, support_type
// @group year
// @show side, support_type, possible, certain, partners, citations
// @example actor = boko-haram
// @example since = 2014
// @example until = 2016
MATCH (:Actor {id: $actor})<-[way:FROM|TO]-(c:Support {stage: 'given', presence: 'present'})-[:FROM|TO]->(other:Actor)
WHERE c.status <> 'rejected'
WITH c, other, CASE
    WHEN c.direction <> 'one_way' THEN ['gave', 'got']
    WHEN type(way) = 'FROM' THEN ['gave']
    ELSE ['got']
  END AS sides,
  CASE WHEN c.start_lo.year > $since THEN c.start_lo.year ELSE $since END AS first,
  CASE WHEN c.end_hi.year < $until THEN c.end_hi.year ELSE $until END AS last
UNWIND CASE
  WHEN coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL THEN [null]
  ELSE range(first, last)
END AS year
UNWIND sides AS side
WITH year, side, c, other, coalesce(c.occurrence, c.id) AS happening, coalesce(
  c.sure AND c.sure_start.year <= year AND c.sure_end.year >= year, false) AS certain
ORDER BY other.name, c.id
WITH year, side, c.support_type AS support_type, count(DISTINCT happening) AS possible,
  count(DISTINCT CASE WHEN certain THEN happening END) AS certain,
  collect(DISTINCT other.name) AS partners, collect(c) AS claims
RETURN year, side, support_type, possible, certain,
  size([c IN claims WHERE c.status <> 'accepted' OR c.alleged]) AS disputed, partners,
  [c IN claims | c.id] AS claims,
  COUNT { UNWIND claims AS c MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN DISTINCT e } AS citations,
  COUNT { UNWIND claims AS c MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN DISTINCT e.origin }
    AS origins
ORDER BY year, side, support_type

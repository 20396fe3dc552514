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
CALL (c) {
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN collect(e) AS passages, collect(e.origin) AS origins
}
WITH other.name AS partner, c.id AS claim, c.support_type AS support_type, coalesce(c.occurrence, c.id) AS happening,
  c.status <> 'accepted' OR c.alleged AS disputed, passages, origins, CASE
    WHEN c.direction <> 'one_way' THEN ['gave', 'got']
    WHEN type(way) = 'FROM' THEN ['gave']
    ELSE ['got']
  END AS sides,
  CASE WHEN c.start_lo.year > $since THEN c.start_lo.year ELSE $since END AS first,
  CASE WHEN c.end_hi.year < $until THEN c.end_hi.year ELSE $until END AS last,
  coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL AS undated,
  CASE WHEN c.sure THEN c.sure_start END.year AS sure_from, CASE WHEN c.sure THEN c.sure_end END.year AS sure_to
ORDER BY partner, claim // all this before the years, in many of which a claim may stand
UNWIND CASE WHEN undated THEN [null] ELSE range(first, last) END AS year
UNWIND sides AS side
RETURN year, side, support_type, count(DISTINCT happening) AS possible,
  count(DISTINCT CASE WHEN sure_from <= year AND sure_to >= year THEN happening END) AS certain,
  count(CASE WHEN disputed THEN 1 END) AS disputed, collect(DISTINCT partner) AS partners, collect(claim) AS claims,
  size(coll.distinct(coll.flatten(collect(passages)))) AS citations,
  size(coll.distinct(coll.flatten(collect(origins)))) AS origins
ORDER BY year, side, support_type

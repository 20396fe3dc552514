// Number of partners of an actor by kind of tie and year
//
// With how many actors does this one have ties of each kind in each year? `cooperative` counts each partner once
// over pledges in force, alliances, affiliations, associations, hosts and support of the five kinds; the other kinds
// may share partners. Persons are no partners, a collective that a text names counts as one. A year without a row is
// one of which no text says anything. What has no date comes last, without a year.
//
// @param actor actor: whose ties
// @param since integer = 1970: first year
// @param until integer = 2020: last year
// @row year: the year; empty where no text gives a date
// @row kind: cooperative, pledge, support, or the type of the tie
// @row partners: how many actors it possibly has such a tie with in the year, the certain ones among them
// @row certain: how many for certain
// @row names: who they are, by name
// @row disputed: claims among them that are disputed, need work or are only alleged
// @row claims: ids of the claims
// @row citations: passages that support them
// @row origins: independent origins among them
// @key year, kind
// @group year
// @show kind, partners, certain, names, citations
// @example actor = red-army-faction
// @example since = 1984
// @example until = 1985
MATCH (:Actor {id: $actor})<-[:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(partner:Actor)
WHERE c.status <> 'rejected' AND NOT partner:Person AND CASE
  WHEN c:Tie THEN c.presence = 'present'
  WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
    c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
  ELSE c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' // an opening act
END
CALL (c) {
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN collect(e) AS passages, collect(e.origin) AS origins
}
WITH partner, partner.name AS name, c.id AS claim, c.status <> 'accepted' OR c.alleged AS disputed, passages, origins,
  CASE WHEN c:Pledge THEN 'pledge' WHEN c:Support THEN 'support' ELSE c.tie_type END AS own,
  coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL AS undated, c.start_lo.year AS begins,
  CASE WHEN c.force IS NULL THEN c.end_hi ELSE c.force_end_hi END.year AS ends,
  CASE WHEN c.sure THEN c.sure_start END.year AS sure_from, CASE WHEN c.sure THEN c.sure_end END.year AS sure_to
ORDER BY name, claim // all this before the years, in many of which a claim may stand
UNWIND [own] + CASE
  WHEN own IN ['pledge', 'support', 'alliance', 'affiliation', 'association', 'host'] THEN ['cooperative'] ELSE [] END
  AS kind
UNWIND CASE
  WHEN undated THEN [null]
  ELSE range(CASE WHEN begins > $since THEN begins ELSE $since END, CASE WHEN ends < $until THEN ends ELSE $until END)
END AS year
RETURN year, kind, count(DISTINCT partner) AS partners,
  count(DISTINCT CASE WHEN sure_from <= year AND sure_to >= year THEN partner END) AS certain,
  collect(DISTINCT name) AS names, count(CASE WHEN disputed THEN 1 END) AS disputed, collect(claim) AS claims,
  size(coll.distinct(coll.flatten(collect(passages)))) AS citations,
  size(coll.distinct(coll.flatten(collect(origins)))) AS origins
ORDER BY year, CASE kind WHEN 'cooperative' THEN 0 ELSE 1 END, kind

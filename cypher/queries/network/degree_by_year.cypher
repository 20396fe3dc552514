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
WHERE c.status <> 'rejected' AND NOT partner:Person AND (
  c:Pledge AND c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' OR
  c.presence = 'present' AND (
    c:Tie OR c.stage = 'given' AND
    c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']))
WITH c, partner, partner.name AS name,
  CASE WHEN c:Pledge THEN 'pledge' WHEN c:Support THEN 'support' ELSE c.tie_type END AS own,
  CASE WHEN c.force IS NULL THEN c.end_hi ELSE c.force_end_hi END.year AS ends,
  COLLECT { MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN e } AS evidence
ORDER BY name, c.id // all this before the years, in many of which a claim may stand
UNWIND [own] + CASE
  WHEN own IN ['pledge', 'support', 'alliance', 'affiliation', 'association', 'host'] THEN ['cooperative'] ELSE [] END
  AS kind
UNWIND CASE
  WHEN coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL THEN [null]
  ELSE range(CASE WHEN c.start_lo.year > $since THEN c.start_lo.year ELSE $since END,
    CASE WHEN ends < $until THEN ends ELSE $until END)
END AS year
WITH year, kind, partner, name, c, evidence,
  coalesce(c.sure AND c.sure_start.year <= year AND c.sure_end.year >= year, false) AS certain
WITH year, kind, count(DISTINCT partner) AS partners, count(DISTINCT CASE WHEN certain THEN partner END) AS certain,
  collect(DISTINCT name) AS names, collect(c) AS claims, collect(evidence) AS passages
RETURN year, kind, partners, certain, names,
  size([c IN claims WHERE c.status <> 'accepted' OR c.alleged]) AS disputed, [c IN claims | c.id] AS claims,
  COUNT { UNWIND passages AS some UNWIND some AS e RETURN DISTINCT e } AS citations,
  COUNT { UNWIND passages AS some UNWIND some AS e WITH DISTINCT e RETURN DISTINCT e.origin } AS origins
ORDER BY year, CASE kind WHEN 'cooperative' THEN 0 ELSE 1 END, kind

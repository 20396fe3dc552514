// Share of new cooperative ties that go to a hub
//
// Of the pairs of actors whose cooperative ties begin in a year, which share has the hub at one end? A pair counts
// once a year, however many claims tell of it, and in the year of the earliest day on which a tie may have begun; ties
// whose first day is not known are in no year and are not counted. Pledges in force, alliances, affiliations,
// associations, hosts and support of the five kinds are ties; persons are left out. The share is one of what the
// works in the graph tell, not of what happened: a case book about hubs has large shares for them.
//
// @param hub actor[] = al-qaeda; islamic-state: the hubs
// @param since integer = 2010: first year
// @param until integer = 2016: last year
// @row year: the year
// @row hub: the hub
// @row hub_id: its id
// @row pairs: pairs of any actors whose ties possibly begin in the year
// @row with_hub: those that have the hub at one end
// @row share: with_hub of pairs in percent
// @row pairs_certain: pairs with a tie that is sure and begins in the year for certain
// @row with_hub_certain: those that have the hub at one end
// @row share_certain: with_hub_certain of pairs_certain in percent; empty where there are none
// @key year, hub_id
// @group year
// @show hub, pairs, with_hub, share, pairs_certain, with_hub_certain, share_certain
// @example since = 2014
// @example until = 2015
MATCH (c:Claim)
WHERE c.start_lo >= date({year: $since}) AND c.start_lo < date({year: $until + 1}) AND
  c.status <> 'rejected' AND CASE
    WHEN c:Tie THEN c.presence = 'present' AND c.tie_type IN ['alliance', 'affiliation', 'association', 'host']
    WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
      c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
    ELSE c.force = 'in_force'
  END
MATCH (a:Actor)<-[:FROM]-(c)-[:TO]->(b:Actor)
WHERE NOT a:Person AND NOT b:Person
WITH c.start_lo.year AS year, coll.sort([a.id, b.id]) AS pair,
  max(coalesce(c.sure AND c.sure_start.year = c.start_lo.year, false)) AS certain
WITH year, collect({ends: pair, certain: certain}) AS pairs
MATCH (hub:Actor)
WHERE hub.id IN $hub
WITH year, hub, pairs, [p IN pairs WHERE hub.id IN p.ends] AS own
WITH year, hub, size(pairs) AS pairs, size(own) AS with_hub,
  size([p IN pairs WHERE p.certain]) AS pairs_certain, size([p IN own WHERE p.certain]) AS with_hub_certain
RETURN year, hub.name AS hub, hub.id AS hub_id, pairs, with_hub, round(100.0 * with_hub / pairs, 1) AS share,
  pairs_certain, with_hub_certain,
  CASE WHEN pairs_certain > 0 THEN round(100.0 * with_hub_certain / pairs_certain, 1) END AS share_certain
ORDER BY year, hub, hub_id

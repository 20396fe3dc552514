// Bridges between two hubs
//
// Over which actors are two hubs joined by cooperative ties, with one or two actors between them? Pledges in force,
// alliances, affiliations, associations, hosts and support of the five kinds are ties; persons are no bridges. With a
// window each tie must possibly hold in it, and ties without a date are left out; without one all count. The ties of
// a bridge need not stand on the same day. Longer ways are left out: see `shortest_cooperative_path`.
//
// @param first actor = al-qaeda: the one hub
// @param second actor = islamic-state: the other hub
// @param most integer = 1: at most so many actors between the hubs, 1 or 2; 2 takes longer
// @param since date = null: first day of the window; none leaves it open
// @param until date = null: last day of the window; none leaves it open
// @row bridge: the actor or the two actors between the hubs, from the first hub on
// @row bridge_ids: their ids
// @row ties: each tie on the way, in order: its kinds and dates
// @row certainty: certain when each tie holds in the window for certain, undated when one of them has no date at all,
//   else possible
// @row only_one: true when no other bridge of at most that length joins the hubs without these actors
// @row disputed: claims among them that are disputed, need work or are only alleged
// @row claims: ids of the claims
// @row citations: passages that support them
// @row origins: independent origins among them
// @row path: one way over the bridge
// @key bridge_ids
// @show bridge, certainty, only_one, ties, citations
// @example since = 2014-03-01
// @example until = 2015-12-31
MATCH (hub:Actor)<-[:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(x:Actor)
WHERE hub.id IN [$first, $second] AND NOT x:Person AND NOT x.id IN [$first, $second] AND
  c.status <> 'rejected' AND CASE
    WHEN c:Tie THEN c.presence = 'present' AND c.tie_type IN ['alliance', 'affiliation', 'association', 'host']
    WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
      c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
    ELSE c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' // an opening act
  END AND
  ($since IS NULL AND $until IS NULL OR coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL) AND
  coalesce(c.start_lo <= $until, true) AND
  coalesce(CASE WHEN c.force IS NULL THEN c.end_hi ELSE c.force_end_hi END >= $since, true)
WITH hub, x, c ORDER BY c.start_lo, c.id
WITH hub.id AS hub, x, collect(c) AS claims
WITH collect(CASE hub WHEN $first THEN {actor: x, claims: claims} END) AS near,
  collect(CASE hub WHEN $second THEN {actor: x, claims: claims} END) AS far
WITH near, far, [x IN near | x.actor] AS ones, [y IN far | y.actor] AS others
CALL (near, far, ones, others) {
  UNWIND near AS x
  UNWIND [y IN far WHERE y.actor = x.actor] AS y
  RETURN [x.actor] AS between, [x.claims, y.claims] AS steps
  UNION ALL
  UNWIND CASE $most WHEN 1 THEN [] ELSE ones END AS one
  MATCH (one)<-[:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(other:Actor)
  WHERE other IN others AND
  c.status <> 'rejected' AND CASE
    WHEN c:Tie THEN c.presence = 'present' AND c.tie_type IN ['alliance', 'affiliation', 'association', 'host']
    WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
      c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
    ELSE c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' // an opening act
  END AND
  ($since IS NULL AND $until IS NULL OR coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL) AND
  coalesce(c.start_lo <= $until, true) AND
  coalesce(CASE WHEN c.force IS NULL THEN c.end_hi ELSE c.force_end_hi END >= $since, true)
  WITH near, far, one, other, c ORDER BY c.start_lo, c.id
  WITH near, far, one, other, collect(c) AS middle
  RETURN [one, other] AS between,
    [[x IN near WHERE x.actor = one][0].claims, middle, [y IN far WHERE y.actor = other][0].claims] AS steps
}
WITH collect({between: between, steps: steps}) AS bridges
UNWIND bridges AS bridge
WITH bridges, bridge.between AS between, bridge.steps AS steps,
  coll.flatten(bridge.steps) AS claims
CALL (between, steps) { // by the earliest claim of each step
  WITH steps[0][0] AS a, between[0] AS x, steps[1][0] AS b, size(between) AS length WHERE length = 1
  MATCH path = (start:Actor)<-[:FROM|TO]-(a)-[:FROM|TO]->(x)<-[:FROM|TO]-(b)-[:FROM|TO]->(finish:Actor)
  WHERE start.id = $first AND finish.id = $second
  RETURN path
  UNION
  WITH steps[0][0] AS a, between[0] AS x, steps[1][0] AS b, between[1] AS y, steps[2][0] AS c, size(between) AS length
  WHERE length = 2
  MATCH path = (start:Actor)<-[:FROM|TO]-(a)-[:FROM|TO]->(x)<-[:FROM|TO]-(b)-[:FROM|TO]->(y)<-[:FROM|TO]-(c)
    -[:FROM|TO]->(finish:Actor)
  WHERE start.id = $first AND finish.id = $second
  RETURN path
}
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN [x IN between | x.name] AS bridge, [x IN between | x.id] AS bridge_ids,
  [step IN steps | reduce(text = '', kind IN coll.distinct([c IN step |
    coalesce('pledge (' + c.act + ')', c.tie_type, c.support_type + ' support') + coalesce(' ' + c.date, '') +
    CASE c.status WHEN 'accepted' THEN '' ELSE ' (' + c.status + ')' END]) |
    text + CASE text WHEN '' THEN '' ELSE ', ' END + kind)] AS ties,
  CASE
    WHEN any(step IN steps WHERE all(c IN step WHERE coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL))
      THEN 'undated'
    WHEN all(step IN steps WHERE any(c IN step WHERE c.sure AND coalesce(c.sure_start <= $until, $until IS NULL) AND
      coalesce(c.sure_end >= $since, $since IS NULL))) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  none(b IN bridges WHERE none(x IN b.between WHERE x IN between)) AS only_one,
  size([c IN claims WHERE c.status <> 'accepted' OR c.alleged]) AS disputed, [c IN claims | c.id] AS claims,
  citations, origins, path
ORDER BY size(bridge_ids), bridge, bridge_ids

// Groups tied to both hubs
//
// Which groups had, at any time, a tie with the one hub and with the other: a pledge that came into force,
// a cooperative tie, or support of the five types given either way? Claimed, refused and rejected ones do not count;
// what has no date does, as it was at some time.
//
// @param first actor = al-qaeda: the one hub
// @param second actor = islamic-state: the other hub
// @row actor: the group
// @row actor_id: its id
// @row with_first: kinds of tie with the one hub, each with its date
// @row with_second: kinds of tie with the other hub, each with its date
// @row certainty: certain when each hub has a tie that is accepted and not only alleged, else possible
// @row claims: ids of the claims, the earliest first
// @row citations: passages that support them
// @row origins: independent origins among them
// @key actor_id
// @show actor, with_first, with_second, certainty, citations
MATCH (hub:Actor)<-[:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(actor:Group)
WHERE hub.id IN [$first, $second] AND NOT actor.id IN [$first, $second] AND c.status <> 'rejected' AND (
  c:Pledge AND c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' OR // an opening act, dated or not
  c.presence = 'present' AND (
    c.tie_type IN ['alliance', 'affiliation', 'association', 'host'] OR
    c.stage = 'given' AND
    c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
  )
)
OPTIONAL MATCH (c)-[cites:CITES]->(e:Evidence)
WHERE cites.stance = 'supports'
WITH hub, actor, c, collect(DISTINCT e) AS passages
ORDER BY coalesce(c.start_lo, c.end_hi, date('9999-12-31')), c.id
WITH actor, collect({
  hub: hub.id, id: c.id, passages: passages,
  accepted: c.status = 'accepted' AND NOT coalesce(c.alleged, false),
  kind: coalesce('pledge (' + c.act + ')', c.tie_type, c.support_type + ' support') + coalesce(' ' + c.date, '')
}) AS ties
WITH actor, ties,
  [t IN ties WHERE t.hub = $first] AS first,
  [t IN ties WHERE t.hub = $second] AS second,
  reduce(all = [], t IN ties | all + [e IN t.passages WHERE NOT e IN all]) AS passages
WHERE size(first) > 0 AND size(second) > 0
RETURN actor.name AS actor, actor.id AS actor_id,
  reduce(all = [], t IN first | all + CASE WHEN t.kind IN all THEN [] ELSE [t.kind] END) AS with_first,
  reduce(all = [], t IN second | all + CASE WHEN t.kind IN all THEN [] ELSE [t.kind] END) AS with_second,
  CASE
    WHEN any(t IN first WHERE t.accepted) AND any(t IN second WHERE t.accepted) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  [t IN ties | t.id] AS claims,
  size(passages) AS citations,
  size(reduce(all = [], e IN passages |
    all + CASE WHEN e.origin IS NULL OR e.origin IN all THEN [] ELSE [e.origin] END)) AS origins
ORDER BY actor, actor_id

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
WHERE hub.id IN [$first, $second] AND NOT actor.id IN [$first, $second] AND c.status <> 'rejected' AND CASE
  WHEN c:Tie THEN c.presence = 'present' AND c.tie_type IN ['alliance', 'affiliation', 'association', 'host']
  WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
    c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
  ELSE c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' // an opening act, dated or not
END
WITH hub, actor, c
ORDER BY coalesce(c.start_lo, c.end_hi, date('9999-12-31')), c.id
WITH actor, collect({
  hub: hub.id, node: c,
  accepted: c.status = 'accepted' AND NOT coalesce(c.alleged, false),
  kind: coalesce('pledge (' + c.act + ')', c.tie_type, c.support_type + ' support') + coalesce(' ' + c.date, '')
}) AS ties
WITH actor, ties,
  [t IN ties WHERE t.hub = $first] AS first,
  [t IN ties WHERE t.hub = $second] AS second
WHERE size(first) > 0 AND size(second) > 0
CALL (ties) {
  UNWIND ties AS t
  WITH t.node AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN actor.name AS actor, actor.id AS actor_id,
  coll.distinct([t IN first | t.kind]) AS with_first,
  coll.distinct([t IN second | t.kind]) AS with_second,
  CASE
    WHEN any(t IN first WHERE t.accepted) AND any(t IN second WHERE t.accepted) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  [t IN ties | t.node.id] AS claims, citations, origins
ORDER BY actor, actor_id

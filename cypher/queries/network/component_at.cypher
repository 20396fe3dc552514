// Component of an actor on a day
//
// Which actors does a chain of cooperative ties join to this one on a day, and over how many ties? Pledges in force,
// alliances, affiliations, associations, hosts and support of the five kinds are ties; persons are left out, a
// collective that a text names stands as one actor and joins only what a text ties to it by name. A tie counts when
// it holds on the day; one without a date is left out. The whole component is listed, and nothing outside of it: ask
// again for an actor that is missing to see its own. Silence of the texts parts a component as absence would. The
// search takes as long as the component is large: seconds where thousands of actors hang together.
//
// @param actor actor: where to start
// @param on date: the day
// @row member: an actor of the component, itself included
// @row member_id: its id
// @row distance: least number of ties from the actor to it, over ties that possibly hold on the day
// @row certainty: certain when ties that hold for certain join it as well, else possible
// @row distance_certain: least number of ties that hold for certain; empty where there is no such way
// @row through: the actors on one shortest way, ends left out
// @row claims: ids of the claims along it
// @row path: that way
// @key member_id
// @show member, distance, certainty, through, claims
// @example actor = jabhat-al-nusra
// @example on = 2014-01-15
MATCH (start:Actor {id: $actor})
CALL (start) {
  MATCH path = ANY SHORTEST (start)
    (()<-[:FROM|TO]-(c:Pledge|Support|Tie WHERE c.status <> 'rejected' AND (
      c.force = 'in_force' OR c.presence = 'present' AND (
        c.tie_type IN ['alliance', 'affiliation', 'association', 'host'] OR c.stage = 'given' AND
        c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified'])) AND
      coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL AND coalesce(c.start_lo <= $on, true) AND
      coalesce(CASE WHEN c.force IS NULL THEN c.end_hi ELSE c.force_end_hi END >= $on, true)
    )-[:FROM|TO]->(next:Actor WHERE NOT next:Person))* (member:Actor)
  RETURN member, path, size(c) AS distance, null AS sure, c AS claims, next[..-1] AS between
  UNION ALL
  MATCH ANY SHORTEST (start)
    (()<-[:FROM|TO]-(c:Pledge|Support|Tie WHERE c.status <> 'rejected' AND (
      c.force = 'in_force' OR c.presence = 'present' AND (
        c.tie_type IN ['alliance', 'affiliation', 'association', 'host'] OR c.stage = 'given' AND
        c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified'])) AND
      c.sure AND c.sure_start <= $on AND c.sure_end >= $on
    )-[:FROM|TO]->(next:Actor WHERE NOT next:Person))* (member:Actor)
  RETURN member, null AS path, null AS distance, size(c) AS sure, null AS claims, null AS between
}
WITH member, min(distance) AS distance, min(sure) AS distance_certain, collect(path)[0] AS path,
  collect(claims)[0] AS claims, collect(between)[0] AS between
RETURN member.name AS member, member.id AS member_id, distance,
  CASE WHEN distance_certain IS NULL THEN 'possible' ELSE 'certain' END AS certainty, distance_certain,
  [x IN between | x.name] AS through, [c IN claims | c.id] AS claims, path
ORDER BY distance, member, member_id

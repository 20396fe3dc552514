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

// How far each actor is, breadth first: the way leads from actor to claim to actor.
CALL (start) {
  MATCH way = (start)-[:FROM|TO*0..]-(member:Actor)
  WHERE all(x IN nodes(way) WHERE x:Actor AND (x = start OR NOT x:Person) OR
    x:Pledge|Support|Tie AND coalesce(x.start_lo <= $on, true) AND
    coalesce(CASE WHEN x.force IS NULL THEN x.end_hi ELSE x.force_end_hi END >= $on, true) AND
    coalesce(x.start_lo, x.start_hi, x.end_lo, x.end_hi) IS NOT NULL AND x.status <> 'rejected' AND CASE
      WHEN x:Tie THEN x.presence = 'present' AND x.tie_type IN ['alliance', 'affiliation', 'association', 'host']
      WHEN x:Support THEN x.presence = 'present' AND x.stage = 'given' AND
        x.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
      ELSE x.force = 'in_force'
    END)
  WITH member, min(length(way)) / 2 AS distance
  RETURN collect({node: member, distance: distance}) AS members
}

// The claim that leads to each of them from one that is nearer: together a tree, with one way to each actor.
CALL (start, members) {
  UNWIND members AS m
  WITH start, m.node AS before, m.distance AS distance
  MATCH (before)<-[:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(next:Actor)
  WHERE next <> start AND NOT next:Person AND coalesce(c.start_lo <= $on, true) AND
    coalesce(CASE WHEN c.force IS NULL THEN c.end_hi ELSE c.force_end_hi END >= $on, true) AND
    coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL AND c.status <> 'rejected' AND CASE
      WHEN c:Tie THEN c.presence = 'present' AND c.tie_type IN ['alliance', 'affiliation', 'association', 'host']
      WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
        c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
      ELSE c.force = 'in_force'
    END
  WITH next, c ORDER BY distance, before.id, c.id
  WITH next, collect(c)[0] AS step
  RETURN collect(step) AS steps
}
CALL (start, steps) {
  MATCH path = (start) (()<-[:FROM|TO]-(c:Claim WHERE c IN steps)-[:FROM|TO]->(next:Actor))* (member)
  RETURN member, path, size(c) AS distance, null AS sure, c AS claims, next[..-1] AS between
  UNION ALL
  MATCH way = (start)-[:FROM|TO*0..]-(member:Actor)
  WHERE all(x IN nodes(way) WHERE x:Actor AND (x = start OR NOT x:Person) OR
    x:Pledge|Support|Tie AND x.sure AND x.sure_start <= $on AND x.sure_end >= $on AND x.status <> 'rejected' AND CASE
      WHEN x:Tie THEN x.presence = 'present' AND x.tie_type IN ['alliance', 'affiliation', 'association', 'host']
      WHEN x:Support THEN x.presence = 'present' AND x.stage = 'given' AND
        x.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
      ELSE x.force = 'in_force'
    END)
  WITH member, min(length(way)) / 2 AS sure
  RETURN member, null AS path, null AS distance, sure, null AS claims, null AS between
}
WITH member, min(distance) AS distance, min(sure) AS distance_certain, collect(path)[0] AS path,
  collect(claims)[0] AS claims, collect(between)[0] AS between
RETURN member.name AS member, member.id AS member_id, distance,
  CASE WHEN distance_certain IS NULL THEN 'possible' ELSE 'certain' END AS certainty, distance_certain,
  [x IN between | x.name] AS through, [c IN claims | c.id] AS claims, path
ORDER BY distance, member, member_id

// Component of an actor on a day
//
// Which actors does a chain of cooperative ties join to this one on a day, and over how many ties? Pledges in force,
// alliances, affiliations, associations, hosts and support of the five kinds are ties; persons are left out, a
// collective that a text names stands as one actor and joins only what a text ties to it by name. A tie counts when it
// holds on the day; one without a date is left out. The search goes one tie farther at a time, until it has found
// `limit` actors or there are no more (or after 100 ties); the last distance is listed whole. Fewer actors than `limit`
// are thus the whole component, and nothing outside of it: ask again for an actor that is missing to see its own.
// Silence of the texts parts a component as absence would.
//
// @param actor actor: where to start
// @param on date: the day
// @param limit integer = 100: how many actors are enough; a number above all takes the whole, in seconds where
//   thousands hang together
// @row member: an actor of the component, itself included
// @row member_id: its id
// @row distance: least number of ties from the actor to it, over ties that possibly hold on the day
// @row certainty: certain when ties that hold for certain join it as well, else possible; where the limit was reached,
//   possible may also mean that the certain way is longer than was searched
// @row distance_certain: least number of ties that hold for certain; empty where no such way was found
// @row through: the actors on one shortest way, ends left out
// @row claims: ids of the claims along it
// @row path: the last tie of that way; all rows together draw the whole
// @key member_id
// @show member, distance, certainty, through, claims
// @example actor = jabhat-al-nusra
// @example on = 2014-01-15
MATCH alone = (start:Actor {id: $actor})

// Breadth first, once over what possibly holds and once over what surely does, over 100 ties at most. Each
// round takes the claims that lead from the actors of the last distance to actors not found yet, and keeps for each of
// those the first of its claims.
UNWIND [false, true] AS surely
WITH start, alone, surely, reduce(ways = [{actors: [start], claims: []}], round IN range(1, 100) |
  CASE WHEN size(ways) >= $limit THEN ways ELSE ways + COLLECT {
    WITH [way IN ways | way.actors[-1]] AS found
    UNWIND [way IN ways WHERE size(way.actors) = round] AS way
    WITH found, way, way.actors[-1] AS before
    MATCH (before)<-[:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(next:Actor)
    WHERE NOT next IN found AND NOT next:Person AND c.status <> 'rejected' AND CASE
      WHEN surely THEN c.sure AND c.sure_start <= $on AND c.sure_end >= $on
      ELSE coalesce(c.start_lo <= $on, true) AND
        coalesce(CASE WHEN c:Pledge THEN c.force_end_hi ELSE c.end_hi END >= $on, true) AND
        coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL
    END AND CASE
      WHEN c:Tie THEN c.presence = 'present' AND c.tie_type IN ['alliance', 'affiliation', 'association', 'host']
      WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
        c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
      ELSE c.force = 'in_force'
    END
    WITH next, way, c ORDER BY before.id, c.id
    WITH next, collect({way: way, claim: c})[0] AS step
    RETURN {actors: step.way.actors + next, claims: step.way.claims + step.claim}
  } END) AS ways
UNWIND ways AS way
WITH alone, way.actors[-1] AS member, collect(CASE WHEN NOT surely THEN way END)[0] AS way,
  min(CASE WHEN surely THEN size(way.claims) END) AS distance_certain
WHERE way IS NOT NULL
WITH *, way.actors[-2] AS before, way.claims[-1] AS claim
OPTIONAL MATCH step = (before)<-[:FROM|TO]-(claim)-[:FROM|TO]->(member)
RETURN member.name AS member, member.id AS member_id, size(way.claims) AS distance,
  CASE WHEN distance_certain IS NULL THEN 'possible' ELSE 'certain' END AS certainty, distance_certain,
  [x IN way.actors[1..-1] | x.name] AS through, [c IN way.claims | c.id] AS claims, coalesce(step, alone) AS path
ORDER BY distance, member, member_id

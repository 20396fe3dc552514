// Claims of one actor with itself
//
// Which claims lead from an actor to the same actor, because two actors were judged the same between which they
// were recorded?
//
// @row claim: id of the claim
// @row kind: table of the claim
// @row actor: name of the actor
// @row actor_id: its id
// @row from_id: the actor that the record names first
// @row to_id: the actor that the record names second
// @key claim
// @show claim, actor, from_id, to_id
MATCH (duplicate:Duplicate)-[:SAME_AS]->(a:Actor)
WITH DISTINCT a
MATCH (a)<-[one:FROM]-(c:Claim)-[other:TO]->(a)
RETURN c.id AS claim, [label IN labels(c) WHERE label <> 'Claim'][0] AS kind, a.name AS actor, a.id AS actor_id,
  coalesce(one.recorded, a.id) AS from_id, coalesce(other.recorded, a.id) AS to_id
ORDER BY claim

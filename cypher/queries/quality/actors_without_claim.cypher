// Actors without a claim
//
// Which actors does no claim, search or finding speak of?
//
// @row actor: name of the actor
// @row actor_id: its id
// @row kind: what it is
// @empty an actor that nothing speaks of does not belong here
// @key actor_id
// @show actor, actor_id, kind
MATCH (a:Actor)
WHERE NOT EXISTS { (a)<-[:FROM|TO|INVOLVES|ABOUT]-() }
RETURN a.name AS actor, a.id AS actor_id, a.kind AS kind
ORDER BY actor, actor_id

// Actors that nothing speaks of
//
// Which actors does no claim, search or finding speak of, and no passage name? Those of an imported list have its
// rows as evidence of their names, and belong here without a claim.
//
// @row actor: name of the actor
// @row actor_id: its id
// @row kind: what it is
// @empty an actor that nothing speaks of does not belong here
// @key actor_id
// @show actor, actor_id, kind
MATCH (a:Actor)
WHERE NOT EXISTS { (a)<-[:FROM|TO|INVOLVES|ABOUT]-() } AND NOT EXISTS { (a)-[:CITES]->(:Evidence) }
  AND NOT EXISTS { (a)<-[:OF]-(:Name)-[:CITES]->(:Evidence) }
RETURN a.name AS actor, a.id AS actor_id, a.kind AS kind
ORDER BY actor, actor_id

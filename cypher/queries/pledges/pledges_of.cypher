// Pledges to and by an actor
//
// What words passed between this actor and others: offers, pledges, acceptances, claims, refusals and
// withdrawals, in order of time, and what came of each?
//
// @param actor actor: id of the actor
// @row date: when, as the source gives it
// @row act: what was declared
// @row from: the one who acts
// @row to: the other
// @row from_id: id of the one who acts
// @row to_id: id of the other
// @row relation_type: the relation declared
// @row scope: whole, faction or individuals
// @row status: accepted or disputed or needs_work
// @row force: in_force or refused; empty for an act that opens nothing, and for one without a date
// @row force_from: first day on which the tie it opened may be in force
// @row force_until: last day on which it may be in force; empty when not known
// @row occurrence: what readings of one happening share
// @row claim: id of the claim
// @row citations: passages that support it
// @row origins: independent origins among them
// @key claim
// @show from, act, to, date, force, status
// @example actor = boko-haram
MATCH (:Actor {id: $actor})<-[:FROM|TO]-(c:Pledge)
WHERE c.status <> 'rejected'
MATCH (a:Actor)<-[:FROM]-(c)-[:TO]->(b:Actor)
OPTIONAL MATCH (c)-[cites:CITES]->(e:Evidence)
WHERE cites.stance = 'supports'
WITH c, a, b, count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
RETURN c.date AS date, c.act AS act, a.name AS from, b.name AS to, a.id AS from_id, b.id AS to_id,
  coalesce(c.relation_type, []) AS relation_type, c.scope AS scope, c.status AS status,
  c.force AS force, c.force_start_lo AS force_from, c.force_end_hi AS force_until,
  c.occurrence AS occurrence, c.id AS claim, citations, origins
ORDER BY c.start_lo, c.end_hi, claim

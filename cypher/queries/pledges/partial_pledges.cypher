// Pledges of a part, not of the whole
//
// Which pledges bind only a part of a group: those made by a faction or by individuals, or by an actor that is
// itself a part of a third one? Such an act never binds the whole.
//
// @param recipient actor = null: the hub, who received the pledge; none lists all
// @row actor: the part: the one who acts, or whom a hub accepts, recognises or refuses
// @row actor_id: its id
// @row kind: what the actor is
// @row scope: faction or individuals, or whole for a part that acts for itself
// @row parent: the group it is a part of, where a faction_of row says so
// @row parent_id: its id
// @row to: the other
// @row to_id: its id
// @row act: what was declared, or the hub's answer
// @row date: when, as the source gives it
// @row status: accepted or disputed or needs_work
// @row claim: id of the claim
// @row citations: passages that support it
// @row origins: independent origins among them
// @key claim, parent_id
// @show actor, scope, parent, to, act, date
// @example recipient = islamic-state
CALL () { // with a hub, only its pledges
  MATCH (:Actor {id: $recipient})<-[:FROM|TO]-(c:Pledge)
  RETURN c
  UNION
  UNWIND CASE WHEN $recipient IS NULL THEN [1] ELSE [] END AS all
  MATCH (c:Pledge)
  RETURN c
}
MATCH (actor:Actor)<-[way:FROM|TO]-(c)-[:FROM|TO]->(other:Actor)
WHERE c.status <> 'rejected' AND ($recipient IS NULL OR other.id = $recipient) AND
  type(way) = CASE WHEN c.act IN ['accept', 'recognise', 'refuse'] THEN 'TO' ELSE 'FROM' END // the side of the part
OPTIONAL MATCH (actor)<-[:FROM]-(part:Lineage)-[:TO]->(parent:Actor)
WHERE part.relation = 'faction_of' AND part.status <> 'rejected' AND parent <> other
WITH actor, c, other, parent
WHERE c.scope IN ['faction', 'individuals'] OR actor.kind IN ['faction', 'cell'] OR parent IS NOT NULL
OPTIONAL MATCH (c)-[cites:CITES]->(e:Evidence)
WHERE cites.stance = 'supports'
WITH actor, c, other, parent, count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
RETURN actor.name AS actor, actor.id AS actor_id, actor.kind AS kind, c.scope AS scope,
  parent.name AS parent, parent.id AS parent_id, other.name AS to, other.id AS to_id,
  c.act AS act, c.date AS date, c.status AS status, c.id AS claim, citations, origins
ORDER BY c.start_lo, actor, claim, parent_id

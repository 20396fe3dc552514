// Pledges by recipient
//
// To whom were how many pledges made, by how many actors? A pledge that several texts tell, or one text twice, is
// several rows and one event. What an actor got that is not listed, no text tells.
//
// @param act act[] = pledge; renew; not_stated: the words that count
// @row recipient: to whom
// @row recipient_id: id of that actor
// @row rows: claims that say so
// @row events: distinct happenings among them
// @row accepted: those of which a reading is accepted
// @row in_force: those that came into force at some time
// @row actors: distinct actors that made them
// @row parts: those events in which only a part of a group acts
// @row first: the earliest, as the source gives it
// @row last: the latest, as the source gives it
// @row claims: ids of the claims
// @row citations: passages that support them
// @row origins: independent origins among them
// @key recipient_id
// @show recipient, rows, events, actors, in_force, parts, first, last
MATCH (actor:Actor)<-[:FROM]-(c:Pledge)-[:TO]->(recipient:Actor)
WHERE c.status <> 'rejected' AND c.act IN $act
WITH recipient, actor, c, coalesce(c.occurrence, c.id) AS event,
  c.scope IN ['faction', 'individuals'] OR actor.kind IN ['faction', 'cell'] AS part
ORDER BY coalesce(c.start_lo, c.end_hi), c.end_hi, c.id
WITH recipient, collect(c) AS claims, count(DISTINCT event) AS events, count(DISTINCT actor) AS actors,
  count(DISTINCT CASE c.status WHEN 'accepted' THEN event END) AS accepted,
  count(DISTINCT CASE c.force WHEN 'in_force' THEN event END) AS in_force,
  count(DISTINCT CASE WHEN part THEN event END) AS parts
WITH *, [c IN claims WHERE c.date IS NOT NULL | c.date] AS dates
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN recipient.name AS recipient, recipient.id AS recipient_id, size(claims) AS rows, events, accepted, in_force,
  actors, parts, dates[0] AS first, dates[-1] AS last, [c IN claims | c.id] AS claims,
  citations, origins
ORDER BY events DESC, recipient, recipient_id

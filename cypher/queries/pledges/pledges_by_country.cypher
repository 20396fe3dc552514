// Pledges by country
//
// From which countries did pledges come? The country is that of the actor, else the place of the pledge; an actor of
// several countries counts in each, and one whose country no text gives is listed as not stated. A pledge that
// several texts tell, or one text twice, is several rows and one event.
//
// @param recipient actor = null: only pledges to this actor; none takes all
// @param act act[] = pledge; renew; not_stated: the words that count
// @row country: the country, or not stated
// @row rows: claims that say so
// @row events: distinct happenings among them
// @row accepted: those of which a reading is accepted
// @row actors: names of the actors
// @row first: the earliest, as the source gives it
// @row last: the latest, as the source gives it
// @row claims: ids of the claims
// @row citations: passages that support them
// @row origins: independent origins among them
// @key country
// @show country, rows, events, first, last, actors
// @example recipient = islamic-state
CALL () { // with a recipient, only the pledges to it
  MATCH (:Actor {id: $recipient})<-[:TO]-(c:Pledge)
  WHERE c.act IN $act
  RETURN c
  UNION
  UNWIND CASE WHEN $recipient IS NULL THEN [1] ELSE [] END AS all
  MATCH (c:Pledge)
  WHERE c.act IN $act
  RETURN c
}
MATCH (actor:Actor)<-[:FROM]-(c)
WHERE c.status <> 'rejected'
UNWIND coalesce(nullIf(actor.country, []), nullIf(c.place, []), ['not stated']) AS country
WITH DISTINCT country, actor, c
ORDER BY coalesce(c.start_lo, c.end_hi), c.end_hi, c.id
WITH country, collect(c) AS claims, count(DISTINCT coalesce(c.occurrence, c.id)) AS events,
  count(DISTINCT CASE c.status WHEN 'accepted' THEN coalesce(c.occurrence, c.id) END) AS accepted,
  collect(DISTINCT actor.name) AS actors
WITH *, [c IN claims WHERE c.date IS NOT NULL | c.date] AS dates
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN country, size(claims) AS rows, events, accepted, actors, dates[0] AS first, dates[-1] AS last,
  [c IN claims | c.id] AS claims,
  citations, origins
ORDER BY CASE country WHEN 'not stated' THEN 1 ELSE 0 END, country

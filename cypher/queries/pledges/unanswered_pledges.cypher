// Pledges and offers that no text says were accepted
//
// Who pledged to, or made an offer to, another who is never said to have taken it up? Taken up: the other side
// accepted or recognised it, or made an offer, a pledge or a listed relation of its own towards the actor that is not
// certainly earlier (an offer at any time). Acceptance that is disputed does not end the question, but is shown.
// That no answer is stated does not say that none was given: see the ties.
//
// @param recipient actor = null: only what was said to this actor; none takes all
// @param act act[] = pledge; offer; renew: the words that wait for an answer
// @row actor: who pledged or offered
// @row actor_id: its id
// @row other: to whom
// @row other_id: id of that actor
// @row said: what was said, each with its date
// @row answer: refused, disputed (an acceptance that is not accepted as told), or not stated
// @row ties: ties and breaks between the two that texts tell, each with its date
// @row claims: ids of the claims
// @row citations: passages that support them
// @row origins: independent origins among them
// @key actor_id, other_id
// @show actor, other, said, answer, ties, citations
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
MATCH (actor:Actor)<-[:FROM]-(c)-[:TO]->(other:Actor)
WHERE c.status <> 'rejected'
WITH actor, other, c ORDER BY c.start_lo, c.end_hi, c.id
WITH actor, other, collect(c) AS claims, min(c.start_lo) AS first
WITH *, COLLECT {
  MATCH (actor)<-[:TO]-(r:Pledge)-[:FROM]->(x:Actor)
  WHERE x = other AND r.status <> 'rejected' AND
    (r.act = 'offer' OR r.act IN ['accept', 'recognise', 'pledge', 'renew', 'not_stated', 'refuse', 'deny'] AND
      NOT coalesce(r.end_hi < first, false))
  RETURN r
} AS answers
WITH *, [r IN answers WHERE NOT r.act IN ['refuse', 'deny']] AS taken
WHERE none(r IN taken WHERE r.status = 'accepted')
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN actor.name AS actor, actor.id AS actor_id, other.name AS other, other.id AS other_id,
  coll.distinct([c IN claims | c.act + coalesce(' ' + c.date, '') +
    CASE c.status WHEN 'accepted' THEN '' ELSE ' (' + c.status + ')' END]) AS said,
  CASE WHEN taken <> [] THEN 'disputed' WHEN answers <> [] THEN 'refused' ELSE 'not stated' END AS answer,
  COLLECT {
    MATCH (actor)<-[:FROM|TO]-(t:Tie|Schism)-[:FROM|TO]->(x:Actor)
    WHERE x = other AND t.status <> 'rejected'
    RETURN DISTINCT CASE t.presence WHEN 'absent' THEN 'no ' ELSE '' END + coalesce(t.tie_type, 'break') +
      coalesce(' ' + t.date, '') + CASE t.status WHEN 'accepted' THEN '' ELSE ' (' + t.status + ')' END AS text
    ORDER BY text
  } AS ties,
  [c IN claims | c.id] AS claims,
  citations, origins
ORDER BY actor, actor_id, other, other_id

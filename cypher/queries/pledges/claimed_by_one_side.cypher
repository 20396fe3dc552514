// Ties claimed by one side only
//
// Who claimed another as its own without any word of allegiance from it that a text tells as accepted? One row for a
// happening, whatever number of texts tell it. A disputed acknowledgement is shown and does not end the question.
//
// @param actor actor = null: only where this actor is one of the two; none takes all
// @row claimant: who claims
// @row claimant_id: its id
// @row claimed: who is claimed
// @row claimed_id: its id
// @row date: when, each reading as the source gives it
// @row status: accepted when one reading is, else the worst there is
// @row denied: denials and refusals by the one who is claimed, each with its date, or not stated
// @row acknowledged: disputed words of allegiance to the claimant, each with its date
// @row sworn_to: others with whom the claimed has a pledge in force or an affiliation, at any time
// @row note: what is disputed
// @row occurrence: what the readings share, else the id of the claim
// @row claims: ids of the claims
// @row citations: passages that support them
// @row origins: independent origins among them
// @key occurrence, claimant_id, claimed_id
// @show claimant, claimed, date, status, denied, sworn_to, citations
MATCH (claimant:Actor)<-[:FROM]-(c:Pledge {act: 'claim'})-[:TO]->(claimed:Actor)
WHERE c.status <> 'rejected' AND ($actor IS NULL OR $actor IN [claimant.id, claimed.id])
WITH claimant, claimed, c ORDER BY c.start_lo, c.end_hi, c.id
WITH claimant, claimed, coalesce(c.occurrence, c.id) AS occurrence, collect(c) AS claims
WITH *, COLLECT {
  MATCH (claimed)<-[:FROM]-(o:Pledge)-[:TO]->(x:Actor)
  WHERE x = claimant AND o.status <> 'rejected' AND o.act IN ['pledge', 'renew', 'not_stated', 'accept', 'recognise']
  RETURN o ORDER BY o.start_lo, o.id
} AS words
WHERE none(o IN words WHERE o.status = 'accepted')
WITH *, COLLECT {
  MATCH (claimed)<-[:FROM]-(o:Pledge)-[:TO]->(x:Actor)
  WHERE x = claimant AND o.status <> 'rejected' AND o.act IN ['deny', 'refuse', 'withdraw']
  WITH o ORDER BY o.start_lo, o.id
  RETURN o.act + coalesce(' ' + o.date, '') + CASE o.status WHEN 'accepted' THEN '' ELSE ' (' + o.status + ')' END
} AS denials
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN claimant.name AS claimant, claimant.id AS claimant_id, claimed.name AS claimed, claimed.id AS claimed_id,
  coll.distinct([c IN claims WHERE c.date IS NOT NULL | c.date]) AS date,
  [s IN ['accepted', 'disputed', 'needs_work'] WHERE s IN [c IN claims | c.status]][0] AS status,
  CASE denials WHEN [] THEN ['not stated'] ELSE denials END AS denied,
  [o IN words | o.act + coalesce(' ' + o.date, '') + ' (' + o.status + ')'] AS acknowledged,
  COLLECT {
    MATCH (claimed)<-[:FROM|TO]-(x:Pledge|Tie)-[:FROM|TO]->(other:Actor)
    WHERE other <> claimant AND x.status <> 'rejected' AND
      (x.sure IS NOT NULL AND x:Pledge AND coalesce(x.force, 'in_force') <> 'refused' OR
        x.tie_type = 'affiliation' AND x.presence = 'present')
    RETURN DISTINCT other.name ORDER BY other.name
  } AS sworn_to,
  coll.distinct([c IN claims WHERE c.note IS NOT NULL | c.note]) AS note,
  occurrence, [c IN claims | c.id] AS claims,
  citations, origins
ORDER BY claimant, claimed, occurrence

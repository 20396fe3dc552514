// Support that is only alleged
//
// Which support rests on nothing but allegations, whose are they, and in which passages? A happening stands here when
// every reading of it is marked as alleged; where one text states it plainly, it does not. Support that is only
// alleged is never more than possible.
//
// @param actor actor = null: who gave or got it; none takes all
// @row provider: who is said to have given
// @row provider_id: id of that actor
// @row recipient: who is said to have received
// @row recipient_id: id of that actor
// @row support_type: kind of support
// @row presence: absent where the allegation is that none passed
// @row stage: given, promised or sought
// @row dates: when, as each reading gives it
// @row said_by: who says so, where the passage names a speaker
// @row status: status of the readings
// @row happening: the occurrence that the readings share, else the id of the claim
// @row claims: ids of the readings
// @row evidence: ids of the passages
// @row passages: where they stand
// @row citations: number of these passages
// @row contradicted: passages that speak against it
// @row origins: independent origins among the supporting passages
// @key happening, provider_id, recipient_id, support_type, presence, stage
// @show provider, recipient, support_type, presence, dates, passages, origins
MATCH (c:Support {alleged: true})
WHERE c.status <> 'rejected' AND NOT EXISTS {
  MATCH (plain:Claim {occurrence: c.occurrence})
  WHERE plain:Support AND plain.status <> 'rejected' AND NOT coalesce(plain.alleged, false)
}
MATCH (provider:Actor)<-[:FROM]-(c)-[:TO]->(recipient:Actor)
WHERE $actor IS NULL OR $actor IN [provider.id, recipient.id]
WITH provider, recipient, c ORDER BY c.start_lo, c.id
WITH provider, recipient, c.support_type AS support_type, c.presence AS presence, c.stage AS stage,
  coalesce(c.occurrence, c.id) AS happening, collect(c) AS claims
RETURN provider.name AS provider, provider.id AS provider_id, recipient.name AS recipient, recipient.id AS recipient_id,
  support_type, presence, stage,
  coll.distinct([c IN claims WHERE c.date IS NOT NULL | c.date]) AS dates,
  COLLECT {
    UNWIND claims AS c
    MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
    OPTIONAL MATCH (e)-[:SPOKEN_BY]->(speaker:Actor)
    WITH coalesce(speaker.name, e.speaker_text) AS name WHERE name IS NOT NULL
    RETURN DISTINCT name ORDER BY name
  } AS said_by,
  coll.distinct([c IN claims | c.status]) AS status,
  happening, [c IN claims | c.id] AS claims,
  COLLECT {
    UNWIND claims AS c
    MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN DISTINCT e.id ORDER BY e.id
  } AS evidence,
  COLLECT {
    UNWIND claims AS c
    MATCH (c)-[:CITES {stance: 'supports'}]->(:Evidence)-[found:FOUND_IN]->(work:Source)
    RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
      coalesce(', line ' + found.line, '') AS place ORDER BY place
  } AS passages,
  COUNT { UNWIND claims AS c MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN DISTINCT e } AS citations,
  COUNT { UNWIND claims AS c MATCH (c)-[:CITES {stance: 'contradicts'}]->(e:Evidence) RETURN DISTINCT e }
    AS contradicted,
  COUNT { UNWIND claims AS c MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN DISTINCT e.origin }
    AS origins
ORDER BY provider, recipient, support_type, happening

// Passages by who speaks
//
// Which words and statements of a speaker are known, when were they said, where were they first said or printed, and
// where were they read? Without a speaker all passages that name one are listed. Speakers who are no actors are known
// by the words of the text alone, so look for a part of these.
//
// @param speaker actor = null: who speaks
// @param named text = null: a part of the speaker's name, or of what the text calls the speaker
// @param about actor = null: only passages cited by a claim of this actor; none takes all
// @row speaker: who speaks, as far as the text says
// @row speaker_id: id of that actor; empty when it is told in words only
// @row as_told: what the text calls the speaker, where this was noted
// @row said_on: when
// @row quotation: the words where whole texts were loaded, else the first and last; empty for a paraphrase
// @row words: number of words quoted
// @row summary: what the passage shows, in our own words
// @row first_in: the work in which the words were first said or printed; empty where none is named
// @row first_in_id: id of that work
// @row found_in: the work in which it was read
// @row found_in_id: id of that work
// @row locator: where it stands there
// @row line: line of the text file
// @row evidence: id of the passage
// @row claims: ids of the claims that the passage supports or contradicts
// @row disputed: those of them that are disputed
// @row origins: independent origins of these claims
// @key evidence
// @group speaker
// @show said_on, quotation, summary, line, found_in_id
// @example speaker = abu-muhammad-al-adnani
CALL () {
  MATCH (:Actor {id: $speaker})<-[:SPOKEN_BY]-(e:Evidence)
  RETURN e
  UNION
  UNWIND CASE WHEN $speaker IS NULL THEN [1] ELSE [] END AS all
  MATCH (e:Evidence)
  WHERE e.speaker_text IS NOT NULL OR EXISTS { (e)-[:SPOKEN_BY]->() }
  RETURN e
}
OPTIONAL MATCH (e)-[:SPOKEN_BY]->(speaker:Actor)
WITH e, speaker
WHERE ($named IS NULL OR toLower(coalesce(speaker.name, '')) CONTAINS toLower($named) OR
    toLower(coalesce(e.speaker_text, '')) CONTAINS toLower($named)) AND
  ($about IS NULL OR EXISTS {
    (e)<-[:CITES]-(c:Claim)-[:FROM|TO|INVOLVES]->(:Actor {id: $about}) WHERE c.status <> 'rejected'
  })
MATCH (e)-[found:FOUND_IN]->(work:Source)
OPTIONAL MATCH (e)-[:QUOTES]->(first:Source)
WITH e, speaker, found, work, first, COLLECT {
  MATCH (e)<-[cites:CITES]-(c:Claim)
  WHERE cites.stance <> 'context' AND c.status <> 'rejected'
  RETURN DISTINCT c ORDER BY c.id
} AS claims
RETURN coalesce(speaker.name, e.speaker_text) AS speaker, speaker.id AS speaker_id, e.speaker_text AS as_told,
  e.said_on AS said_on, coalesce(e.words, e.quote_start + coalesce(' … ' + e.quote_end, '')) AS quotation,
  e.quote_words AS words, e.summary AS summary, first.title AS first_in, first.id AS first_in_id,
  work.title AS found_in, work.id AS found_in_id,
  trim(coalesce(found.locator_label + ' ', '') + coalesce(found.locator, '')) AS locator, found.line AS line,
  e.id AS evidence, [c IN claims | c.id] AS claims, [c IN claims WHERE c.status = 'disputed' | c.id] AS disputed,
  COUNT {
    UNWIND claims AS c
    MATCH (c)-[:CITES {stance: 'supports'}]->(x:Evidence)
    RETURN DISTINCT x.origin
  } AS origins
ORDER BY speaker, speaker_id, e.said_on_lo, found_in_id, line, evidence

// Who rejected what an actor did or claimed, and in which words
//
// Who rejected, ruled against, refused or denied this actor or its claims, when, and in which words? With `about`,
// only rejections of which a title, passage or concept, in any reading of the happening, speaks of it.
//
// @param target actor: the one who is rejected
// @param about text = null: part of a word, as `caliph`; none takes every rejection
// @row who: who rejects
// @row who_ids: ids of those
// @row act: rejection, ruling, refuse or deny
// @row what: the happening
// @row date: when, as the source gives it
// @row certainty: undated, certain (accepted and dated for sure) or possible
// @row says: the quotation, or what the passage shows where the text only tells it
// @row quotation: the words where whole texts were loaded, else the first and last; empty where
//   the text only tells it
// @row words: number of words quoted
// @row summary: what the passage shows, in our own words
// @row found_in: the work in which it was read
// @row found_in_id: id of that work
// @row locator: where it stands there
// @row line: line of the text file
// @row said_in: ids of the works in which the words were first said or printed
// @row status: accepted or disputed or needs_work
// @row note: what is disputed
// @row occurrence: what readings of one happening share
// @row claim: id of the claim
// @row evidence: id of the passage
// @row origins: independent origins over all readings of the happening
// @key claim, evidence
// @group who
// @show found_in_id, line, says, status, what
// @example target = islamic-state
// @example about = caliph
MATCH (:Actor {id: $target})<-[on:TO|INVOLVES]-(c:Pledge|Event)
WHERE c.status <> 'rejected' AND (
  on.role = 'target' AND c.event_type IN ['rejection', 'ruling'] OR
  type(on) = 'TO' AND c.act IN ['refuse', 'deny']
)
CALL (c) {
  RETURN c AS reading
  UNION
  MATCH (reading:Claim {occurrence: c.occurrence}) WHERE reading.status <> 'rejected'
  RETURN reading
}
OPTIONAL MATCH (reading)-[:CITES {stance: 'supports'}]->(x:Evidence)
OPTIONAL MATCH (reading)-[:ILLUSTRATES]->(k:Concept)
WITH c, count(DISTINCT x.origin) AS origins, collect(DISTINCT reading.title) + collect(DISTINCT x.summary) +
  collect(DISTINCT x.quote_start + coalesce(' ' + x.quote_end, '')) + collect(DISTINCT k.term) AS texts
WHERE $about IS NULL OR any(text IN texts WHERE toLower(toString(text)) CONTAINS toLower($about))
MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)-[found:FOUND_IN]->(work:Source)
WITH c, origins, e, found, work, COLLECT {
  MATCH (c)-[by:FROM|INVOLVES]->(x:Actor)
  WHERE type(by) = 'FROM' OR by.role IN ['issuer', 'speaker']
  RETURN x ORDER BY CASE x.kind WHEN 'person' THEN 0 ELSE 1 END, x.name
} AS who
RETURN [x IN who | x.name] AS who, [x IN who | x.id] AS who_ids, coalesce(c.act, c.event_type) AS act,
  coalesce(c.title, c.type_as_printed) AS what, c.date AS date,
  CASE
    WHEN coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL THEN 'undated'
    WHEN c.status = 'accepted' AND NOT coalesce(c.date_uncertain, false) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  coalesce('“' + coalesce(e.words, e.quote_start + coalesce(' … ' + e.quote_end, '')) + '”', e.summary) AS says,
  coalesce(e.words, e.quote_start + coalesce(' … ' + e.quote_end, '')) AS quotation,
  e.quote_words AS words, e.summary AS summary,
  work.title AS found_in, work.id AS found_in_id,
  trim(coalesce(found.locator_label + ' ', '') + coalesce(found.locator, '')) AS locator, found.line AS line,
  COLLECT { MATCH (e)-[:QUOTES]->(s:Source) RETURN s.id ORDER BY s.id } AS said_in,
  c.status AS status, c.note AS note, c.occurrence AS occurrence, c.id AS claim, e.id AS evidence,
  origins
ORDER BY who, c.start_lo, occurrence, found_in_id, line, claim, evidence

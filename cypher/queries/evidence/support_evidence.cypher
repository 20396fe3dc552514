// Evidence of support from one actor to another
//
// Which passages speak of support that the one gave, promised or was asked to give to the other, for and against,
// and where do they stand? Support whose direction is mutual or not stated counts both ways.
//
// @param provider actor: who gives
// @param recipient actor: who receives
// @param support_type support_type[] = null: kinds of support; none takes all
// @param stage stage[] = null: given, promised or sought; none takes all
// @row evidence: id of the passage
// @row stage: given, promised or sought
// @row support_type: kind of support
// @row presence: present, or absent where the passage denies it
// @row direction: one_way, mutual or not_stated
// @row date: when, as the source gives it
// @row certainty: certain when accepted, not only alleged, dated for sure and not contested by another reading of the
//   happening; else possible, or undated
// @row status: accepted or disputed or needs_work
// @row alleged: true when it is only alleged
// @row stance: supports or contradicts
// @row summary: what the passage shows, in our own words
// @row quotation: the words where whole texts were loaded, else the first and last of them
// @row speaker: who says it
// @row found_in: the work in which it was read
// @row found_in_id: id of that work
// @row locator: where it stands there
// @row line: line of the text file
// @row relies_on: ids of the works behind it, or in which the words were first printed
// @row claim: id of the claim
// @row origins: independent origins of the claim
// @key claim, evidence
// @group stage
// @show found_in_id, line, summary, certainty, status, date
// @example provider = islamic-state
// @example recipient = ansar-bayt-al-maqdis
// @example support_type = operational
MATCH (:Actor {id: $provider})<-[way:FROM|TO]-(c:Support)-[:FROM|TO]->(:Actor {id: $recipient})
WHERE c.status <> 'rejected' AND (type(way) = 'FROM' OR c.direction <> 'one_way') AND
  ($support_type IS NULL OR c.support_type IN $support_type) AND ($stage IS NULL OR c.stage IN $stage)
MATCH (c)-[cites:CITES]->(e:Evidence)-[found:FOUND_IN]->(work:Source)
WHERE cites.stance <> 'context'
OPTIONAL MATCH (e)-[:SPOKEN_BY]->(speaker:Actor)
RETURN e.id AS evidence, c.stage AS stage, c.support_type AS support_type, c.presence AS presence,
  c.direction AS direction, c.date AS date,
  CASE
    WHEN coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL THEN 'undated'
    WHEN c.sure THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  c.status AS status, coalesce(c.alleged, false) AS alleged, cites.stance AS stance, e.summary AS summary,
  coalesce(e.words, e.quote_start + coalesce(' … ' + e.quote_end, '')) AS quotation,
  coalesce(speaker.name, e.speaker_text) AS speaker,
  work.title AS found_in, work.id AS found_in_id,
  trim(coalesce(found.locator_label + ' ', '') + coalesce(found.locator, '')) AS locator, found.line AS line,
  COLLECT { MATCH (e)-[:QUOTES|RELIES_ON]->(s:Source) RETURN DISTINCT s.id ORDER BY s.id } AS relies_on,
  c.id AS claim,
  COUNT { MATCH (c)-[:CITES {stance: 'supports'}]->(x:Evidence) RETURN DISTINCT x.origin } AS origins
ORDER BY
  CASE stage WHEN 'given' THEN 0 WHEN 'promised' THEN 1 ELSE 2 END, c.start_lo, found_in_id, line, claim, evidence

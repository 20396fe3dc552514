// Evidence for a claim, name, search or actor
//
// Which passages speak for, against or beside this record, where do they stand, who says it, and on whose authority?
//
// @param id record: id of a claim, name, search or actor
// @row evidence: id of the passage
// @row stance: supports, contradicts or context
// @row directness: primary, secondary or tertiary
// @row summary: what it shows, in our own words
// @row speaker: who says it
// @row said_on: when it was said
// @row quote_start: first words of the quotation
// @row quote_end: last words of the quotation
// @row found_in: the work in which it was read
// @row found_in_id: id of that work
// @row locator: where it stands there, with what the locator counts
// @row line: line of the text file
// @row quotes: the work where the words were first said or printed
// @row quotes_id: id of that work
// @row quotes_locator: page or document there
// @row relies_on: ids of the works behind a paraphrase
// @row origin: names the independent source it belongs to
// @key evidence
// @show evidence, stance, summary, found_in, locator
// @example id = bp-schism-is-aq-2014
MATCH (record:Claim|Name|Search|Actor {id: $id})-[cites:CITES]->(e:Evidence)
OPTIONAL MATCH (e)-[found:FOUND_IN]->(work:Source)
OPTIONAL MATCH (e)-[quoted:QUOTES]->(first:Source)
OPTIONAL MATCH (e)-[:SPOKEN_BY]->(speaker:Actor)
RETURN e.id AS evidence, cites.stance AS stance, cites.directness AS directness, e.summary AS summary,
  coalesce(speaker.name, e.speaker_text) AS speaker, e.said_on AS said_on,
  e.quote_start AS quote_start, e.quote_end AS quote_end,
  work.title AS found_in, work.id AS found_in_id,
  trim(coalesce(found.locator_label + ' ', '') + coalesce(found.locator, '')) AS locator, found.line AS line,
  first.title AS quotes, first.id AS quotes_id, quoted.locator AS quotes_locator,
  [(e)-[:RELIES_ON]->(authority:Source) | authority.id] AS relies_on,
  e.origin AS origin
ORDER BY
  CASE stance WHEN 'supports' THEN 0 WHEN 'contradicts' THEN 1 ELSE 2 END, found_in, line, evidence

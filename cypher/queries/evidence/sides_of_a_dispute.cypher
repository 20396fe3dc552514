// Both sides of a dispute
//
// What does each side of a dispute say, in which passages? A dispute is a happening of which a reading is disputed, or
// a claim that some passage contradicts; its sides are all readings of the happening, with the passages for, against
// and beside each. Which side is right is not said.
//
// @param actor actor = null: only disputes over a claim of this actor; none takes all
// @param claim claim = null: only the dispute that this claim is part of
// @row dispute: what the readings share, or the id of the one claim
// @row reading: what this side says: what happened between whom and when, and its status
// @row kind: kind of the claim
// @row what: the act, kind of support, tie or lineage, or the title
// @row actors: who is in it; from and to for all but events
// @row date: when, as this reading has it
// @row status: accepted or disputed or needs_work
// @row stance: supports, contradicts or context; empty where no passage is known
// @row summary: what the passage shows, in our own words
// @row quotation: the words where whole texts were loaded, else the first and last of them
// @row speaker: who says it
// @row found_in: the work in which it was read
// @row found_in_id: id of that work
// @row locator: where it stands there
// @row line: line of the text file
// @row note: what is disputed
// @row claim: id of the reading
// @row evidence: id of the passage
// @row origins: independent origins of the reading
// @key claim, evidence
// @group reading
// @show stance, summary, found_in_id, line, speaker, note
// @example claim = pp-schism-aq-is-2013
CALL () {
  MATCH (:Actor {id: $actor})<-[:FROM|TO|INVOLVES]-(c:Claim)
  WHERE $claim IS NULL
  RETURN c
  UNION
  MATCH (c:Claim {id: $claim})
  WHERE $actor IS NULL OR EXISTS { (c)-[:FROM|TO|INVOLVES]->(:Actor {id: $actor}) }
  RETURN c
  UNION
  UNWIND CASE WHEN $actor IS NULL AND $claim IS NULL THEN [1] ELSE [] END AS all
  MATCH (c:Claim)
  RETURN c
}
OPTIONAL MATCH (other:Claim {occurrence: c.occurrence}) // all readings, the claim itself among them
WITH DISTINCT coalesce(c.occurrence, c.id) AS dispute, coalesce(other, c) AS reading
WHERE reading.status <> 'rejected'
WITH dispute, collect(reading) AS readings
WHERE any(c IN readings WHERE c.status = 'disputed' OR EXISTS { (c)-[:CITES {stance: 'contradicts'}]->() })
UNWIND readings AS c
OPTIONAL MATCH (c)-[cites:CITES]->(e:Evidence)-[found:FOUND_IN]->(work:Source)
OPTIONAL MATCH (e)-[:SPOKEN_BY]->(speaker:Actor)
WITH *,
  coalesce(c.title, c.relation, c.tie_type, c.act, c.stage + ' ' + c.support_type + ' support', 'break') +
    CASE c.presence WHEN 'absent' THEN ' (absent)' ELSE '' END AS what,
  COLLECT {
    MATCH (c)-[way:FROM|TO|INVOLVES]->(x:Actor)
    WHERE c:Event OR type(way) <> 'INVOLVES'
    WITH x, min(CASE type(way) WHEN 'FROM' THEN 0 ELSE 1 END) AS side
    RETURN x.name ORDER BY side, x.name
  } AS actors
RETURN dispute,
  what + reduce(text = '', x IN CASE WHEN c:Event THEN [] ELSE actors END |
    text + CASE text WHEN '' THEN ': ' ELSE ' – ' END + x) +
    coalesce(' (printed as ' + c.name_as_printed + ')', '') + coalesce(', ' + c.date, '') +
    ', ' + c.status AS reading,
  [label IN labels(c) WHERE label <> 'Claim'][0] AS kind, what, actors, c.date AS date, c.status AS status,
  cites.stance AS stance, e.summary AS summary,
  coalesce(e.words, e.quote_start + coalesce(' … ' + e.quote_end, '')) AS quotation,
  coalesce(speaker.name, e.speaker_text) AS speaker, work.title AS found_in, work.id AS found_in_id,
  trim(coalesce(found.locator_label + ' ', '') + coalesce(found.locator, '')) AS locator, found.line AS line,
  c.note AS note, c.id AS claim, e.id AS evidence,
  COUNT { MATCH (c)-[:CITES {stance: 'supports'}]->(x:Evidence) RETURN DISTINCT x.origin } AS origins
ORDER BY dispute, c.start_lo, claim, CASE stance WHEN 'supports' THEN 0 WHEN 'contradicts' THEN 1 ELSE 2 END,
  found_in_id, line, evidence

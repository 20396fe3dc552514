// Outside powers with local partners
//
// Which states and arrangements of states gave support of the five kinds to partners on the spot, which kinds, when,
// and in which operations did both take part? The partner may be a group, a population, a body or a state. With a
// concept, only support that a text tells as an instance of it. A power that is not listed is not said to have had none.
//
// @param power actor = null: only this power; none takes all
// @param concept text = null: id of a concept that the support illustrates, as compound-warfare; none takes all
// @row power: the outside power
// @row power_id: its id
// @row partner: the local partner
// @row partner_id: its id
// @row partner_kind: what the partner is
// @row support: kinds of support, each with its date; disputed and alleged ones marked
// @row certainty: certain when one of them is accepted, not only alleged and dated for sure, possible, or undated
// @row country: country of the partner, else the place of the support
// @row operations: operations in which both take part, each with its date; not stated where none is told
// @row concepts: ids of the concepts that the support illustrates
// @row claims: ids of the claims of support
// @row evidence: ids of the passages
// @row passages: where they stand
// @row citations: number of these passages
// @row origins: independent origins among them
// @key power_id, partner_id
// @show power, partner, support, certainty, operations, citations
// @example concept = compound-warfare
MATCH (power:State|Arrangement)<-[way:FROM|TO]-(c:Support {stage: 'given', presence: 'present'})-[:FROM|TO]->(partner:Actor)
WHERE c.status <> 'rejected' AND (type(way) = 'FROM' OR c.direction <> 'one_way') AND NOT partner:Arrangement AND
  c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified'] AND
  ($power IS NULL OR power.id = $power) AND
  ($concept IS NULL OR EXISTS { (c)-[:ILLUSTRATES]->(:Concept {id: $concept}) })
WITH power, partner, c ORDER BY c.start_lo, c.id
WITH power, partner, collect(c) AS claims
WITH *, COLLECT {
  UNWIND claims AS x
  MATCH (x)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN DISTINCT e ORDER BY e.id
} AS passages, COLLECT {
  MATCH (power)<-[:INVOLVES]-(o:Event {event_type: 'operation'})-[:INVOLVES]->(partner)
  WHERE o.status <> 'rejected'
  RETURN DISTINCT o.title + coalesce(' ' + o.date, '') AS text ORDER BY text
} AS operations
RETURN power.name AS power, power.id AS power_id, partner.name AS partner, partner.id AS partner_id,
  partner.kind AS partner_kind,
  coll.distinct([c IN claims | c.support_type + coalesce(' ' + c.date, '') +
    CASE c.status WHEN 'accepted' THEN '' ELSE ' (' + c.status + ')' END +
    CASE WHEN c.alleged THEN ' (alleged)' ELSE '' END]) AS support,
  CASE
    WHEN any(c IN claims WHERE c.sure) THEN 'certain'
    WHEN any(c IN claims WHERE coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL) THEN 'possible'
    ELSE 'undated'
  END AS certainty,
  coalesce(nullIf(partner.country, []), COLLECT {
    UNWIND claims AS x UNWIND x.place AS place RETURN DISTINCT place ORDER BY place
  }) AS country,
  CASE operations WHEN [] THEN ['not stated'] ELSE operations END AS operations,
  COLLECT { UNWIND claims AS x MATCH (x)-[:ILLUSTRATES]->(k:Concept) RETURN DISTINCT k.id ORDER BY k.id } AS concepts,
  [c IN claims | c.id] AS claims, [e IN passages | e.id] AS evidence,
  COLLECT {
    UNWIND passages AS e
    MATCH (e)-[found:FOUND_IN]->(work:Source)
    RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
      coalesce(', line ' + found.line, '') AS place ORDER BY place
  } AS passages,
  size(passages) AS citations, COUNT { UNWIND passages AS e RETURN DISTINCT e.origin } AS origins
ORDER BY power, power_id, partner, partner_id

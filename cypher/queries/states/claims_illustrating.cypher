// Claims that illustrate a concept
//
// Which claims does a text tell as instances of this concept, or of a term that contains these words, who is in them,
// when, and where do they stand? A claim that is not listed may be an instance all the same: no text says so.
//
// @param concept text: id of the concept, or words of its term
// @param kind text = null: only claims of this kind (Pledge, Support, Tie, Schism, Lineage, Event); none takes all
// @row term: the concept, as its text calls it
// @row concept: its id
// @row kind: kind of the claim
// @row what: the act, kind of support, tie or lineage, or the title
// @row actors: who is in it; from and to for all but events
// @row date: when, as the source gives it
// @row certainty: undated, certain (accepted, not only alleged and dated for sure) or possible
// @row status: accepted or disputed or needs_work
// @row alleged: true when it is only alleged
// @row occurrence: what readings of one happening share
// @row claim: id of the claim
// @row passages: where it stands
// @row citations: passages that support it
// @row origins: independent origins among them
// @key concept, claim
// @group term
// @show what, actors, date, certainty, status, kind, passages
// @example concept = tethering-hb
MATCH (k:Concept)<-[:ILLUSTRATES]-(c:Claim)
WHERE (k.id = $concept OR toLower(k.term) CONTAINS toLower($concept)) AND c.status <> 'rejected' AND
  ($kind IS NULL OR toLower($kind) IN [label IN labels(c) | toLower(label)])
CALL (c) {
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN k.term AS term, k.id AS concept, [label IN labels(c) WHERE label <> 'Claim'][0] AS kind,
  coalesce(c.title, c.relation, c.tie_type, c.act, c.stage + ' ' + c.support_type + ' support', 'break') +
    CASE c.presence WHEN 'absent' THEN ' (absent)' ELSE '' END AS what,
  COLLECT {
    MATCH (c)-[way:FROM|TO|INVOLVES]->(x:Actor)
    WHERE c:Event OR type(way) <> 'INVOLVES'
    WITH x, min(CASE type(way) WHEN 'FROM' THEN 0 ELSE 1 END) AS side
    RETURN x.name ORDER BY side, x.name
  } AS actors,
  c.date AS date,
  CASE
    WHEN coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL THEN 'undated'
    WHEN coalesce(c.sure, c.status = 'accepted' AND NOT coalesce(c.date_uncertain, false)) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  c.status AS status, coalesce(c.alleged, false) AS alleged, c.occurrence AS occurrence, c.id AS claim,
  COLLECT {
    MATCH (c)-[:CITES {stance: 'supports'}]->(:Evidence)-[found:FOUND_IN]->(work:Source)
    RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
      coalesce(', line ' + found.line, '') AS place ORDER BY place
  } AS passages,
  citations, origins
ORDER BY term, concept, c.start_lo, kind, claim

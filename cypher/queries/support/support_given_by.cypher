// Support given by an actor
//
// To whom did this actor give support, or promise it, or was asked for it, in which kind, when, and where do the
// texts say so? A window without a day at one end is open there; a claim without a date is undated. Support whose
// direction is mutual or not stated counts both ways. Where a text says that none passed, the row is there and its
// presence is absent.
//
// @param actor actor: who gives
// @param support_type support_type[] = null: kinds of support; none takes all
// @param stage stage[] = given: given, promised or sought
// @param since date = null: first day of the window
// @param until date = null: last day of the window
// @row recipient: who received, or would receive
// @row recipient_id: id of that actor
// @row support_type: kind of support
// @row as_printed: the words of the text for it
// @row presence: present or absent
// @row stage: given, promised or sought
// @row direction: one_way, mutual or not_stated
// @row date: when, as the source gives it
// @row certainty: certain or possible in the window, or undated
// @row status: accepted or disputed or needs_work
// @row alleged: true when it is only alleged
// @row quantity: how much
// @row unit: unit of the quantity
// @row note: what is disputed, or how it was coded
// @row occurrence: what readings of one happening share
// @row claim: id of the claim
// @row evidence: ids of the passages that support it
// @row passages: where they stand
// @row citations: number of these passages
// @row origins: independent origins among them
// @key claim
// @group recipient
// @show support_type, presence, date, status, passages, certainty
// @example actor = al-qaeda
// @example support_type = territorial; training
MATCH (:Actor {id: $actor})<-[way:FROM|TO]-(c:Support)-[:FROM|TO]->(recipient:Actor)
WHERE c.status <> 'rejected' AND (type(way) = 'FROM' OR c.direction <> 'one_way') AND
  c.stage IN $stage AND ($support_type IS NULL OR c.support_type IN $support_type)
WITH c, recipient, date($since) AS since, date($until) AS until,
  coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL AS undated
WHERE undated OR (
  (c.start_lo IS NULL OR until IS NULL OR c.start_lo <= until) AND
  (c.end_hi IS NULL OR since IS NULL OR c.end_hi >= since)
)
CALL (c) {
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN recipient.name AS recipient, recipient.id AS recipient_id,
  c.support_type AS support_type, c.type_as_printed AS as_printed, c.presence AS presence, c.stage AS stage,
  c.direction AS direction, c.date AS date,
  CASE
    WHEN undated THEN 'undated'
    WHEN c.presence = 'present' AND c.sure AND
      (until IS NULL OR c.sure_start <= until) AND (since IS NULL OR c.sure_end >= since) THEN 'certain'
    WHEN c.presence = 'absent' AND c.sure AND
      (since IS NULL OR c.covers_from <= since) AND (until IS NULL OR c.covers_to >= until) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  c.status AS status, coalesce(c.alleged, false) AS alleged, c.quantity AS quantity, c.unit AS unit, c.note AS note,
  c.occurrence AS occurrence, c.id AS claim,
  COLLECT { MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN e.id ORDER BY e.id } AS evidence,
  COLLECT {
    MATCH (c)-[:CITES {stance: 'supports'}]->(:Evidence)-[found:FOUND_IN]->(work:Source)
    RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
      coalesce(', line ' + found.line, '') AS place ORDER BY place
  } AS passages,
  citations, origins
ORDER BY recipient, recipient_id, support_type, c.start_lo, occurrence, claim

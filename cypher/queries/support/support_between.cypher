// Support between two actors
//
// What support passed, was promised, was sought or is said not to have passed between these two, either way, and
// does it hold in the window? A window without a day at one end is open there; a claim without a date is undated.
//
// @param actor actor: the one
// @param other actor: the other
// @param since date = null: first day of the window
// @param until date = null: last day of the window
// @row provider: who gave, or would give
// @row recipient: who received, or would receive
// @row provider_id: id of the provider
// @row recipient_id: id of the recipient
// @row support_type: kind of support
// @row presence: present or absent
// @row stage: given, promised or sought
// @row direction: one_way, mutual or not_stated
// @row date: when, as the source gives it
// @row certainty: certain or possible in the window, or undated
// @row status: accepted or disputed or needs_work
// @row alleged: true when it is only alleged
// @row quantity: how much
// @row unit: unit of the quantity
// @row occurrence: what readings of one happening share
// @row claim: id of the claim
// @row citations: passages that support it
// @row origins: independent origins among them
// @key claim
// @show provider, support_type, presence, stage, date, certainty, recipient
// @example actor = islamic-state
// @example other = boko-haram
MATCH (:Actor {id: $actor})<-[:FROM|TO]-(c:Support)-[:FROM|TO]->(:Actor {id: $other})
MATCH (provider:Actor)<-[:FROM]-(c)-[:TO]->(recipient:Actor)
WITH c, provider, recipient, date($since) AS since, date($until) AS until,
  coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL AS undated
WHERE c.status <> 'rejected' AND (undated OR
  (c.start_lo IS NULL OR until IS NULL OR c.start_lo <= until) AND
  (c.end_hi IS NULL OR since IS NULL OR c.end_hi >= since))
OPTIONAL MATCH (c)-[cites:CITES]->(e:Evidence)
WHERE cites.stance = 'supports'
WITH c, provider, recipient, since, until, undated,
  count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
RETURN provider.name AS provider, recipient.name AS recipient,
  provider.id AS provider_id, recipient.id AS recipient_id,
  c.support_type AS support_type, c.presence AS presence, c.stage AS stage, c.direction AS direction,
  c.date AS date,
  CASE
    WHEN undated THEN 'undated'
    WHEN c.presence = 'present' AND c.sure AND
      (until IS NULL OR c.sure_start <= until) AND (since IS NULL OR c.sure_end >= since) THEN 'certain'
    WHEN c.presence = 'absent' AND c.sure AND
      (since IS NULL OR c.covers_from <= since) AND (until IS NULL OR c.covers_to >= until) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  c.status AS status, coalesce(c.alleged, false) AS alleged, c.quantity AS quantity, c.unit AS unit,
  c.occurrence AS occurrence, c.id AS claim, citations, origins
ORDER BY provider, c.start_lo, c.end_hi, support_type, claim

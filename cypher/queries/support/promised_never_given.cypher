// Support promised but never given
//
// Which promises of support are followed by no text that tells of the same kind of support from the same provider to
// the same recipient? A promise of unspecified support is kept by any of the five kinds, and unspecified support keeps
// a promise of any of the five. What was certainly given before the promise does not keep it. A promise that no text
// calls kept is not one that was broken: `not stated` says that the texts are silent, and only alleged support keeps
// no promise for certain.
//
// @param actor actor = null: who promised, or was promised; none takes all
// @row provider: who promised
// @row provider_id: id of that actor
// @row recipient: who was promised
// @row recipient_id: id of that actor
// @row support_type: kind of support
// @row promised: when, as the sources give it; empty where they give no date
// @row outcome: alleged (only alleged or disputed claims say it was given), none came (a text says so) or not stated
// @row other_kinds: other kinds of support that this provider gave to this recipient
// @row status: accepted, or disputed or needs_work where no promise is accepted
// @row claims: ids of the readings of the promise
// @row answered_by: ids of the claims behind the outcome
// @row citations: passages that support the promise
// @row origins: independent origins among them
// @key claims
// @show provider, recipient, support_type, promised, outcome, other_kinds, citations
MATCH (c:Support {stage: 'promised', presence: 'present'})
WHERE c.status <> 'rejected'
MATCH (provider:Actor)<-[:FROM]-(c)-[:TO]->(recipient:Actor)
WHERE $actor IS NULL OR $actor IN [provider.id, recipient.id]
WITH provider, recipient, c.support_type AS kind, c ORDER BY c.start_lo, c.id
WITH provider, recipient, kind, coalesce(c.occurrence, c.id) AS happening, collect(c) AS promises,
  ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified'] AS five
CALL (provider, recipient, promises) {
  WITH provider, promises, CASE // the end with fewer claims first: a hub has thousands
    WHEN COUNT { (provider)<-[:FROM|TO]-() } < COUNT { (recipient)<-[:FROM|TO]-() } THEN [provider, recipient]
    ELSE [recipient, provider]
  END AS ends
  WITH provider, promises, ends[0] AS near, ends[1] AS far
  MATCH (near)<-[:FROM|TO]-(g:Support {stage: 'given'})-[:FROM|TO]->(x:Actor)
  WHERE x = far AND g.status <> 'rejected' AND (g.direction <> 'one_way' OR EXISTS { (g)-[:FROM]->(provider) }) AND
    none(p IN promises WHERE coalesce(g.end_hi < p.start_lo, false))
  WITH g ORDER BY g.start_lo, g.id
  RETURN collect(g) AS later
}
WITH *, [g IN later WHERE g.presence = 'present' AND (
    g.support_type = kind OR g.support_type IN five AND kind IN five AND 'unspecified' IN [g.support_type, kind])]
  AS given,
  [g IN later WHERE g.presence = 'absent' AND (g.support_type = kind OR g.support_type = 'any' AND kind IN five)]
  AS refused
WHERE none(g IN given WHERE g.status = 'accepted' AND NOT coalesce(g.alleged, false))
WITH *, CASE WHEN given <> [] THEN given ELSE refused END AS deciding
CALL (promises) {
  UNWIND promises AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN provider.name AS provider, provider.id AS provider_id, recipient.name AS recipient, recipient.id AS recipient_id,
  kind AS support_type,
  coll.distinct([p IN promises WHERE p.date IS NOT NULL | p.date]) AS promised,
  CASE WHEN given <> [] THEN 'alleged' WHEN refused <> [] THEN 'none came' ELSE 'not stated' END AS outcome,
  coll.distinct([g IN later WHERE g.presence = 'present' AND NOT g IN given | g.support_type]) AS other_kinds,
  CASE WHEN any(p IN promises WHERE p.status = 'accepted') THEN 'accepted' ELSE promises[0].status END AS status,
  [p IN promises | p.id] AS claims, [g IN deciding | g.id] AS answered_by,
  citations, origins
ORDER BY provider, recipient, support_type, claims

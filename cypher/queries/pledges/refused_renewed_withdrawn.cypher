// Pledges refused, renewed or withdrawn
//
// Who refused, denied, renewed or withdrew a pledge, towards whom, when, and which words before it does this concern?
// That a pledge is not listed says that no text tells of it, not that it was kept.
//
// @param act act[] = refuse; deny; renew; withdraw: what was done
// @param actor actor = null: only where this actor is one of the two; none takes all
// @row act: refuse, deny, renew or withdraw
// @row from: who did it
// @row from_id: its id
// @row to: towards whom
// @row to_id: id of that actor
// @row date: when, as the source gives it
// @row certainty: undated, certain (accepted and dated for sure) or possible
// @row status: accepted or disputed or needs_work
// @row scope: whole, faction or individuals
// @row concerns: offers, pledges, acceptances and claims of the two that are not certainly later, each with its date
// @row note: what is disputed, or how it was coded
// @row occurrence: what readings of one happening share
// @row claim: id of the claim
// @row citations: passages that support it
// @row origins: independent origins among them
// @key claim
// @show from, act, to, date, concerns, certainty, citations
MATCH (a:Actor)<-[:FROM]-(c:Pledge)-[:TO]->(b:Actor)
WHERE c.status <> 'rejected' AND c.act IN $act AND ($actor IS NULL OR $actor IN [a.id, b.id])
WITH a, b, c, // the end with fewer claims first: a hub has thousands
  CASE WHEN COUNT { (a)<-[:FROM|TO]-() } < COUNT { (b)<-[:FROM|TO]-() } THEN [a, b] ELSE [b, a] END AS ends
CALL (c) {
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN c.act AS act, a.name AS from, a.id AS from_id, b.name AS to, b.id AS to_id, c.date AS date,
  CASE
    WHEN coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL THEN 'undated'
    WHEN c.status = 'accepted' AND NOT coalesce(c.date_uncertain, false) AND coalesce(c.sure, true) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  c.status AS status, c.scope AS scope,
  COLLECT {
    WITH ends[0] AS near, ends[1] AS far
    MATCH (near)<-[:FROM|TO]-(o:Pledge)-[:FROM|TO]->(x:Actor)
    WHERE x = far AND o <> c AND o.status <> 'rejected' AND NOT o.act IN ['refuse', 'deny', 'withdraw'] AND
      NOT coalesce(o.occurrence = c.occurrence, false) AND NOT coalesce(o.start_lo > c.end_hi, false)
    WITH o.act + coalesce(' ' + o.date, '') + CASE o.status WHEN 'accepted' THEN '' ELSE ' (' + o.status + ')' END AS text,
      min(coalesce(o.start_lo, date('0001-01-01'))) AS lo
    RETURN text ORDER BY lo, text
  } AS concerns,
  c.note AS note, c.occurrence AS occurrence, c.id AS claim,
  citations, origins
ORDER BY c.start_lo, c.end_hi, occurrence, claim

// New ties in the months after a schism
//
// Which ties began within so many months after an allegiance broke, with which side, and after how long? A tie is new
// when no earlier tie of the two is known for sure; a pledge in force, an alliance, affiliation, association or host,
// or support of the five kinds given either way is a tie. The months are counted from a break that is itself
// uncertain: what is certain began after its last possible day and within the months from its first. Name one
// reading of the break to count from that alone. Ties whose first day is not known possibly begin in any month.
//
// @param schism schism = aq-is-schism: the break, by the id of its occurrence or of one reading of it
// @param months integer = 12: how many months after the break
// @param hub actor[] = null: whose ties; none takes both sides of the break
// @row hub: the side
// @row hub_id: its id
// @row actor: the new partner; persons are left out
// @row actor_id: its id
// @row certainty: certain when the tie began within the months for certain, else possible
// @row ties: what began, each with its date
// @row months_at_least: whole months from the break to the first of them, at the least
// @row months_at_most: the same at the most; empty where not known
// @row earlier: ties of the two that possibly began before the break, or have no date
// @row disputed: claims of new ties that are disputed, need work or are only alleged
// @row claims: ids of the claims of new ties, the earliest first
// @row citations: passages that support them
// @row origins: independent origins among them
// @key hub_id, actor_id
// @group hub
// @show actor, certainty, ties, months_at_least, months_at_most, earlier, citations
// @example schism = bp-schism-is-aq-2014-02
// @example months = 5
// @example hub = islamic-state

// The break lies somewhere within its readings; of two that agree, the less exact one is left out.
MATCH (reading:Schism)-[:FROM|TO]->(side:Actor)
WHERE (reading.occurrence = $schism OR reading.id = $schism) AND reading.status <> 'rejected'
WITH collect(DISTINCT reading) AS readings, collect(DISTINCT side.id) AS sides
WITH *, [r IN readings WHERE coalesce(r.start_lo, r.start_hi, r.end_lo, r.end_hi) IS NOT NULL |
  {lo: coalesce(r.start_lo, date('0001-01-01')), hi: coalesce(r.end_hi, date('9999-12-31'))}] AS spans
WITH *, [s IN spans WHERE none(o IN spans WHERE o <> s AND o.lo >= s.lo AND o.hi <= s.hi)] AS finest
UNWIND CASE finest WHEN [] THEN [{lo: date('0001-01-01'), hi: date('9999-12-31')}] ELSE finest END AS span
WITH sides, min(span.lo) AS opens, max(span.hi) AS open

// Each pair's cooperative claims: whether they begin in the months after the break, and whether they may be older.
MATCH (hub:Actor)<-[:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(actor:Actor)
WHERE hub.id IN coalesce($hub, sides) AND NOT (hub.id IN sides AND actor.id IN sides) AND NOT actor:Person AND
  c.status <> 'rejected' AND CASE
    WHEN c:Tie THEN c.presence = 'present' AND c.tie_type IN ['alliance', 'affiliation', 'association', 'host']
    WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
      c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
    ELSE c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' // an opening act
  END
WITH *, opens + duration({months: $months}) AS closes, open + duration({months: $months}) AS close,
  coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL AS undated,
  coalesce('pledge (' + c.act + ')', c.tie_type, c.support_type + ' support') + coalesce(' ' + c.date, '') +
    CASE c.status WHEN 'accepted' THEN '' ELSE ' (' + c.status + ')' END AS text
WITH *, NOT undated AND coalesce(c.start_lo <= close, true) AND coalesce(c.start_hi >= opens, true) AS begins,
  undated OR coalesce(c.start_lo <= open, true) AS older
ORDER BY c.start_lo, c.start_hi, c.id
WITH opens, open, hub, actor,
  collect(CASE WHEN begins THEN c END) AS new, collect(CASE WHEN begins THEN text END) AS ties,
  collect(CASE WHEN older THEN text END) AS earlier,
  max(coalesce(c.sure AND c.start_lo > open AND c.sure_start <= closes, false)) AS surely,
  max(coalesce(c.sure AND c.start_hi < opens, false)) AS surely_older,
  min(CASE WHEN begins THEN coalesce(c.start_lo, opens) END) AS first, min(CASE WHEN begins THEN c.start_hi END) AS last
WHERE new <> [] AND NOT surely_older
CALL (new) {
  UNWIND new AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN hub.name AS hub, hub.id AS hub_id, actor.name AS actor, actor.id AS actor_id,
  CASE WHEN surely AND earlier = [] THEN 'certain' ELSE 'possible' END AS certainty,
  coll.distinct(ties) AS ties,
  CASE WHEN first > open THEN duration.between(open, first).months ELSE 0 END AS months_at_least,
  duration.between(opens, last).months AS months_at_most,
  coll.distinct(earlier) AS earlier,
  size([c IN new WHERE c.status <> 'accepted' OR c.alleged]) AS disputed, [c IN new | c.id] AS claims,
  citations, origins
ORDER BY hub, hub_id, certainty, first, actor, actor_id

// Partners of both sides of a schism
//
// Which actors have a tie with both sides in the time from a break of allegiance to a last day? A tie is a pledge in
// force, an alliance, affiliation, association or host, or support of the five kinds given either way. Claimed and
// refused pledges do not count, and persons are no partners. The two ties need not stand on the same day. Where all
// that is known of one side has no date, the row is undated: it may be older than the break.
//
// @param schism schism = aq-is-schism: the break, by the id of its occurrence or of one reading of it
// @param until date = 2015-12-31: last day of the window, which opens with the break
// @row actor: the partner
// @row actor_id: its id
// @row certainty: certain when a tie with each side holds in the window for certain, possible or undated
// @row with_child: ties with the side that left, each with its date
// @row with_parent: ties with the side that was left, each with its date
// @row disputed: claims among them that are disputed, need work or are only alleged
// @row claims: ids of the claims, the earliest first
// @row citations: passages that support them
// @row origins: independent origins among them
// @key actor_id
// @show actor, certainty, with_child, with_parent, citations

// The break lies somewhere within its readings; of two that agree, the less exact one is left out.
MATCH (child:Actor)<-[:FROM]-(reading:Schism)-[:TO]->(parent:Actor)
WHERE (reading.occurrence = $schism OR reading.id = $schism) AND reading.status <> 'rejected'
WITH collect(DISTINCT reading) AS readings, collect(DISTINCT child.id) AS children,
  collect(DISTINCT child.id) + collect(DISTINCT parent.id) AS sides, date($until) AS until
WITH *, [r IN readings WHERE coalesce(r.start_lo, r.start_hi, r.end_lo, r.end_hi) IS NOT NULL |
  {lo: coalesce(r.start_lo, date('0001-01-01')), hi: coalesce(r.end_hi, date('9999-12-31'))}] AS spans
WITH *, [s IN spans WHERE none(o IN spans WHERE o <> s AND o.lo >= s.lo AND o.hi <= s.hi)] AS finest
UNWIND CASE finest WHEN [] THEN [{lo: date('0001-01-01'), hi: date('9999-12-31')}] ELSE finest END AS span
WITH sides, children, until, min(span.lo) AS opens, max(span.hi) AS open

// The cooperative claims of each partner with each side that possibly hold after the break, or have no date.
MATCH (side:Actor)<-[:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(actor:Actor)
WHERE side.id IN sides AND NOT actor.id IN sides AND NOT actor:Person AND c.status <> 'rejected' AND CASE
  WHEN c:Tie THEN c.presence = 'present' AND c.tie_type IN ['alliance', 'affiliation', 'association', 'host']
  WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
    c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
  ELSE c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' // an opening act
END
WITH *, coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL AS undated,
  CASE WHEN c.force IS NULL THEN c.end_hi ELSE c.force_end_hi END AS last
WITH * WHERE undated OR coalesce(c.start_lo <= until, true) AND coalesce(last >= opens, true)
ORDER BY c.start_lo, c.id
WITH actor, collect({
  node: c, child: side.id IN children, undated: undated,
  surely: coalesce(c.sure AND c.sure_start <= until AND c.sure_end >= open, false),
  text: coalesce('pledge (' + c.act + ')', c.tie_type, c.support_type + ' support') + coalesce(' ' + c.date, '') +
    CASE c.status WHEN 'accepted' THEN '' ELSE ' (' + c.status + ')' END
}) AS ties
WITH actor, ties, [[t IN ties WHERE t.child], [t IN ties WHERE NOT t.child]] AS halves
WHERE none(half IN halves WHERE half = [])
CALL (ties) {
  UNWIND [t IN ties | t.node] AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN actor.name AS actor, actor.id AS actor_id,
  CASE
    WHEN any(half IN halves WHERE all(t IN half WHERE t.undated)) THEN 'undated'
    WHEN all(half IN halves WHERE any(t IN half WHERE t.surely)) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  coll.distinct([t IN halves[0] | t.text]) AS with_child,
  coll.distinct([t IN halves[1] | t.text]) AS with_parent,
  size([t IN ties WHERE t.node.status <> 'accepted' OR t.node.alleged]) AS disputed,
  [t IN ties | t.node.id] AS claims,
  citations, origins
ORDER BY actor, actor_id

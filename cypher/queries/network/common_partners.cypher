// Common partners of two actors
//
// Which actors have cooperative ties with both of these, of which kinds and when? Pledges in force, alliances,
// affiliations, associations, hosts and support of the five kinds are ties; persons are left out. With a window, a
// tie that has no date is left out; without one it counts and the row is undated where a side rests on such ties
// alone. The two ties need not stand on the same day: `together` says whether some day has both.
//
// @param actor actor: the one
// @param other actor: the other
// @param since date = null: first day of the window; none leaves it open
// @param until date = null: last day of the window; none leaves it open
// @row partner: who has ties with both
// @row partner_id: its id
// @row with_actor: its ties with the one, each with its date
// @row with_other: its ties with the other, each with its date
// @row certainty: certain when a tie with each holds in the window for certain, possible or undated
// @row together: whether a tie with the one and a tie with the other stand on one day: certain, possible, no (for
//   sure on no day) or undated
// @row disputed: claims among them that are disputed, need work or are only alleged
// @row claims: ids of the claims
// @row citations: passages that support them
// @row origins: independent origins among them
// @row path: the way from the one over the partner to the other, by the earliest claim of each
// @key partner_id
// @show partner, with_actor, with_other, certainty, together, citations
// @example actor = al-qaeda
// @example other = islamic-state
// @example since = 2014-03-01
// @example until = 2015-12-31
MATCH (end:Actor)<-[:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(partner:Actor)
WHERE end.id IN [$actor, $other] AND NOT partner.id IN [$actor, $other] AND NOT partner:Person AND
  c.status <> 'rejected' AND CASE
    WHEN c:Tie THEN c.presence = 'present' AND c.tie_type IN ['alliance', 'affiliation', 'association', 'host']
    WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
      c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
    ELSE c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' // an opening act
  END
WITH *, date($since) AS since, date($until) AS until,
  coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL AS undated,
  CASE WHEN c.force IS NULL THEN c.end_hi ELSE c.force_end_hi END AS last
WHERE undated AND since IS NULL AND until IS NULL OR
  NOT undated AND coalesce(c.start_lo <= until, true) AND coalesce(last >= since, true)
ORDER BY c.start_lo, c.id
WITH partner, collect({
  node: c, one: end.id = $actor, undated: undated, first: coalesce(c.start_lo, date('0001-01-01')),
  last: coalesce(last, date('9999-12-31')),
  surely: coalesce(c.sure AND coalesce(c.sure_start <= until, until IS NULL) AND
    coalesce(c.sure_end >= since, since IS NULL), false),
  text: coalesce('pledge (' + c.act + ')', c.tie_type, c.support_type + ' support') + coalesce(' ' + c.date, '') +
    CASE c.status WHEN 'accepted' THEN '' ELSE ' (' + c.status + ')' END
}) AS ties
WITH partner, ties, [t IN ties WHERE t.one] AS ones, [t IN ties WHERE NOT t.one] AS others
WHERE ones <> [] AND others <> []
WITH *, ones[0].node AS first, others[0].node AS second
MATCH path = (a:Actor)<-[:FROM|TO]-(first)-[:FROM|TO]->(partner)<-[:FROM|TO]-(second)-[:FROM|TO]->(b:Actor)
WHERE a.id = $actor AND b.id = $other
CALL (ties) {
  UNWIND [t IN ties | t.node] AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN partner.name AS partner, partner.id AS partner_id,
  coll.distinct([t IN ones | t.text]) AS with_actor,
  coll.distinct([t IN others | t.text]) AS with_other,
  CASE
    WHEN all(t IN ones WHERE t.undated) OR all(t IN others WHERE t.undated) THEN 'undated'
    WHEN any(t IN ones WHERE t.surely) AND any(t IN others WHERE t.surely) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  CASE
    WHEN all(t IN ones WHERE t.undated) OR all(t IN others WHERE t.undated) THEN 'undated'
    WHEN any(t IN ones WHERE t.surely AND any(o IN others WHERE o.surely AND
      coalesce(t.node.sure_start <= o.node.sure_end AND o.node.sure_start <= t.node.sure_end, false))) THEN 'certain'
    WHEN any(t IN ones WHERE any(o IN others WHERE t.first <= o.last AND o.first <= t.last)) THEN 'possible'
    ELSE 'no'
  END AS together,
  size([t IN ties WHERE t.node.status <> 'accepted' OR t.node.alleged]) AS disputed,
  [t IN ties | t.node.id] AS claims,
  citations, origins, path
ORDER BY partner, partner_id

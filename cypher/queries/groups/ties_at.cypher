// Ties of an actor on a day
//
// Which ties did this actor have on this day, and how sure is that? A pledge counts as long as it may be in force; one
// that was refused does not count. Ties without dates are listed as undated. Support is asked for with
// support_given_by and support_received_by. An actor that is not listed is one of whom no text says so.
//
// @param actor actor: whose ties
// @param on date: the day
// @param cooperative flag = true: only pledges, alliances, affiliations, associations and hosts; false takes
//   memberships, rivalries, clashes and contacts too
// @row other: the other end
// @row other_id: its id
// @row kind: the kind of tie, or the act that put it in force
// @row presence: present, or absent where a text says that there was none
// @row certainty: certain or possible on that day, or undated
// @row date: when, as the source gives it
// @row since: first day on which it may have begun; empty when not known
// @row until: last day on which it may have run; empty when not known
// @row status: accepted or disputed or needs_work
// @row role: post or part, where the tie has one
// @row strength: how close, in the words of the coder
// @row occurrence: what readings of one happening share
// @row claim: id of the claim
// @row citations: passages that support it
// @row origins: independent origins among them
// @key claim
// @show other, kind, certainty, date, presence, status, citations
// @example actor = al-qaeda-in-the-arabian-peninsula
// @example on = 2014-12-31
MATCH (:Actor {id: $actor})<-[:FROM|TO]-(c:Pledge|Tie)-[:FROM|TO]->(other:Actor)
WHERE c.status <> 'rejected' AND CASE
  WHEN c:Pledge THEN c.sure IS NOT NULL AND coalesce(c.force, 'in_force') <> 'refused' // an opening act
  ELSE NOT $cooperative OR c.tie_type IN ['alliance', 'affiliation', 'association', 'host']
END
WITH c, other, date($on) AS day, coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL AS undated,
  CASE WHEN c.force IS NULL THEN c.start_lo ELSE c.force_start_lo END AS since,
  CASE WHEN c.force IS NULL THEN c.end_hi ELSE c.force_end_hi END AS until
WHERE undated OR (since IS NULL OR since <= day) AND (until IS NULL OR until >= day)
CALL (c) {
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN other.name AS other, other.id AS other_id,
  coalesce(c.tie_type, 'pledge (' + c.act + ')') AS kind, coalesce(c.presence, 'present') AS presence,
  CASE
    WHEN undated THEN 'undated'
    WHEN coalesce(c.sure AND c.sure_start <= day AND c.sure_end >= day, false) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  c.date AS date, since, until, c.status AS status, c.role AS role, c.strength AS strength,
  c.occurrence AS occurrence, c.id AS claim,
  citations, origins
ORDER BY certainty, other, other_id, c.start_lo, claim

// Members of an arrangement at a date
//
// Who belongs to this arrangement on this day, who leads it, and how sure is that? A membership without dates is listed
// as undated; without a day, every member is listed. Who is not listed is not said to be no member.
//
// @param arrangement actor: id of the arrangement, umbrella or other body
// @param on date = null: the day; none lists the members of all times
// @row member: name of the member
// @row member_id: its id
// @row kind: what it is
// @row role: its posts, as leader
// @row certainty: certain, possible or undated; empty when no day is given
// @row date: when, each reading as the source gives it; `..` is a start or end not known
// @row status: accepted when one reading is, else the worst there is
// @row claims: ids of the claims of membership
// @row passages: where they stand
// @row citations: passages that support them
// @row origins: independent origins among them
// @key member_id
// @show member, certainty, date, role, kind, citations, passages
// @example arrangement = shanghai-cooperation-organization
// @example on = 2010-01-01
MATCH (:Actor {id: $arrangement})<-[:TO]-(c:Claim)-[:FROM]->(member:Actor)
WHERE c.status <> 'rejected' AND
  (c.tie_type = 'membership' AND coalesce(c.presence, 'present') = 'present' OR c.relation = 'join_umbrella')
WITH member, c, date($on) AS day, coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL AS undated,
  CASE c.relation WHEN 'join_umbrella' THEN null ELSE c.end_hi END AS until // a body that joined may have stayed
WITH *, NOT undated AND (c.start_lo IS NULL OR c.start_lo <= day) AND (until IS NULL OR until >= day) AS possible,
  coalesce(c.sure AND c.sure_start <= day AND c.sure_end >= day, false) AS certain
ORDER BY c.start_lo, c.id
WITH member, day, collect(c) AS claims, collect({undated: undated, possible: possible, certain: certain}) AS readings
WITH *, [r IN readings WHERE NOT r.undated] AS dated
WHERE day IS NULL OR dated = [] OR any(r IN dated WHERE r.possible)
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN member.name AS member, member.id AS member_id, member.kind AS kind,
  coll.distinct([c IN claims WHERE c.role IS NOT NULL | c.role]) AS role,
  CASE
    WHEN day IS NULL THEN null
    WHEN dated = [] THEN 'undated'
    WHEN any(r IN dated WHERE r.certain) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  coll.distinct([c IN claims WHERE c.date IS NOT NULL | c.date]) AS date,
  [s IN ['accepted', 'disputed', 'needs_work'] WHERE s IN [c IN claims | c.status]][0] AS status,
  [c IN claims | c.id] AS claims,
  COLLECT {
    UNWIND claims AS x
    MATCH (x)-[:CITES {stance: 'supports'}]->(:Evidence)-[found:FOUND_IN]->(work:Source)
    RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
      coalesce(', line ' + found.line, '') AS place ORDER BY place
  } AS passages,
  citations, origins
ORDER BY certainty, member, member_id

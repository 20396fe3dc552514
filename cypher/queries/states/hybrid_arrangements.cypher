// State arrangements of several types at once
//
// Which arrangement is of all these types at the same time, who leads it, who belongs to it, and which passages say so?
//
// @param type arrangement_type[] = alliance; concert; collective_security: the types it must have, all of them
// @row arrangement: name of the arrangement
// @row arrangement_id: its id
// @row types: all of its types
// @row leaders: members that lead it
// @row members: all members that the texts name, those of disputed claims marked
// @row note: what the coder noted about the types
// @row claims: ids of the claims of membership
// @row evidence: ids of the passages on the arrangement and its members
// @row passages: where they stand
// @row citations: number of these passages
// @row origins: independent origins among them
// @key arrangement_id
// @show arrangement, types, leaders, passages, members
MATCH (a:Arrangement)
WHERE all(type IN $type WHERE type IN a.arrangement_type)
WITH a, COLLECT {
    MATCH (a)<-[:TO]-(tie:Tie {tie_type: 'membership', presence: 'present'})
    WHERE tie.status <> 'rejected'
    RETURN tie ORDER BY tie.id
  } AS ties
WITH a, ties, COLLECT {
    UNWIND [a] + ties AS record
    MATCH (record)-[:CITES {stance: 'supports'}]->(e:Evidence)
    RETURN DISTINCT e ORDER BY e.id
  } AS passages
RETURN a.name AS arrangement, a.id AS arrangement_id, a.arrangement_type AS types,
  COLLECT {
    UNWIND ties AS tie
    MATCH (tie)-[:FROM]->(member:Actor) WHERE tie.role CONTAINS 'leader'
    RETURN DISTINCT member.name ORDER BY member.name
  } AS leaders,
  COLLECT {
    UNWIND ties AS tie
    MATCH (tie)-[:FROM]->(member:Actor)
    RETURN DISTINCT member.name + CASE tie.status WHEN 'accepted' THEN '' ELSE ' (' + tie.status + ')' END AS name
    ORDER BY name
  } AS members,
  a.note AS note, [tie IN ties | tie.id] AS claims, [e IN passages | e.id] AS evidence,
  COLLECT {
    UNWIND passages AS e
    MATCH (e)-[found:FOUND_IN]->(work:Source)
    RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
      coalesce(', line ' + found.line, '') AS place ORDER BY place
  } AS passages,
  size(passages) AS citations, COUNT { UNWIND passages AS e RETURN DISTINCT e.origin } AS origins
ORDER BY arrangement, arrangement_id

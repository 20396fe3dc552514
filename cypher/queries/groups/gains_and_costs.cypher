// What an actor got and gave, and what it cost
//
// Which support did this actor get and give, what did its ties cost it or its partners, and what do the texts say
// of gain and loss? Costs are the claims that illustrate a concept of cost; findings are those about the actor.
//
// @param actor actor: whose gains and costs
// @param other actor = null: only with this partner; none takes all
// @param costs text[] = alliance-cost-bp; principal-agent-pp; entrapment-hb; abandonment-hb: ids of the concepts that
//   stand for a cost
// @row side: got, gave, got and gave (mutual), got or gave (direction not stated), cost, or finding
// @row what: the support and the words of the text for it, the happening, or the statement
// @row others: who else is named in it
// @row date: when, as the source gives it; empty for findings
// @row certainty: certain, possible or undated; empty for findings
// @row status: accepted or disputed or needs_work
// @row alleged: true when it is only alleged
// @row occurrence: what readings of one happening share
// @row record: id of the claim or finding
// @row evidence: ids of the passages; empty for findings
// @row passages: where they stand
// @row citations: passages that support it
// @row origins: independent origins among them
// @key record
// @group side
// @show what, passages, certainty, status, date
// @example actor = boko-haram
CALL () {
  MATCH (:Actor {id: $actor})<-[way:FROM|TO]-(c:Support {stage: 'given'})-[:FROM|TO]->(other:Actor)
  WHERE c.status <> 'rejected' AND ($other IS NULL OR other.id = $other)
  RETURN c, [other.name] AS others,
    CASE
      WHEN c.direction = 'mutual' THEN 'got and gave'
      WHEN c.direction = 'not_stated' THEN 'got or gave'
      WHEN type(way) = 'TO' THEN 'got'
      ELSE 'gave'
    END AS side,
    CASE c.presence WHEN 'absent' THEN 'no ' ELSE '' END + c.support_type + ' support' +
      coalesce(': ' + c.type_as_printed, '') AS what
  UNION
  MATCH (actor:Actor {id: $actor})<-[:FROM|TO|INVOLVES]-(c:Claim)-[:ILLUSTRATES]->(k:Concept)
  WHERE k.id IN $costs AND c.status <> 'rejected' AND
    ($other IS NULL OR EXISTS { (c)-[:FROM|TO|INVOLVES]->(:Actor {id: $other}) })
  WITH DISTINCT c, actor
  WITH c, COLLECT {
    MATCH (c)-[:FROM|TO|INVOLVES]->(x:Actor) WHERE x <> actor RETURN DISTINCT x.name ORDER BY x.name
  } AS others
  RETURN c, others, 'cost' AS side,
    coalesce(c.title, c.relation, c.tie_type, c.act, c.support_type + ' support', 'break') AS what
  UNION
  MATCH (actor:Actor {id: $actor})<-[:ABOUT]-(c:Finding)
  WHERE c.status <> 'rejected' AND c.kind <> 'count' AND
    ($other IS NULL OR EXISTS { (c)-[:ABOUT]->(:Actor {id: $other}) })
  WITH DISTINCT c, actor
  RETURN c, COLLECT { MATCH (c)-[:ABOUT]->(x:Actor) WHERE x <> actor RETURN DISTINCT x.name ORDER BY x.name } AS others,
    'finding' AS side, c.statement AS what
}
CALL (c) {
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN side, what, others, c.date AS date,
  CASE
    WHEN c:Finding THEN null
    WHEN coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL THEN 'undated'
    WHEN coalesce(c.sure, c.status = 'accepted' AND NOT coalesce(c.date_uncertain, false)) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  c.status AS status, coalesce(c.alleged, false) AS alleged, c.occurrence AS occurrence, c.id AS record,
  COLLECT { MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN e.id ORDER BY e.id } AS evidence,
  COLLECT {
    MATCH (c)-[:CITES {stance: 'supports'}]->(:Evidence)-[found:FOUND_IN]->(work:Source)
    RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
      coalesce(', line ' + found.line, '') AS place ORDER BY place
    UNION
    MATCH (c)-[found:REPORTED_IN]->(work:Source)
    RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
      coalesce(', line ' + found.line, '') AS place ORDER BY place
  } AS passages,
  citations, origins
ORDER BY
  CASE side WHEN 'cost' THEN 2 WHEN 'finding' THEN 3 WHEN 'gave' THEN 1 ELSE 0 END, side, c.start_lo, occurrence, record

// Shortest cooperative paths between two actors
//
// Over which actors, and how few ties, are these two joined, and which passages tell of each tie on the way? Pledges
// in force, alliances, affiliations, associations, hosts and support of the five kinds are ties; persons are no steps.
// With a window each tie must possibly hold in it, and ties without a date are left out; without one all count. The
// ties of a path need not stand on the same day, and a path says nothing of whether anything passed along it.
//
// @param actor actor: where to start
// @param other actor: where to end
// @param since date = null: first day of the window; none leaves it open
// @param until date = null: last day of the window; none leaves it open
// @param routes integer = 1: how many routes of that least length, in the order of the ids along them
// @row route: the actors on the way, ends included
// @row step: number of the tie on the way
// @row from_actor: the actor it starts from
// @row to_actor: the actor it leads to
// @row tie: kind of tie
// @row date: when, as the source gives it
// @row certainty: certain or possible in the window, or undated
// @row status: accepted, disputed or needs_work
// @row alleged: true when it is only alleged
// @row claim: id of the claim
// @row occurrence: what readings of one happening share
// @row evidence: ids of the passages
// @row passages: where they stand
// @row citations: number of these passages
// @row origins: independent origins among them
// @row path: this step
// @key route, step, claim
// @group route
// @show step, tie, from_actor, to_actor, date, certainty, passages
// @allow CartesianProduct: one actor beside one other, each found by its id
// @example actor = irish-republican-army
// @example other = boko-haram
MATCH (start:Actor {id: $actor}), (finish:Actor {id: $other})
CALL (start, finish) {
  MATCH ALL SHORTEST (start)
    (()<-[:FROM|TO]-(c:Pledge|Support|Tie WHERE coalesce(c.start_lo <= $until, true) AND c.status <> 'rejected' AND
      CASE
        WHEN c:Tie THEN c.presence = 'present' AND c.tie_type IN ['alliance', 'affiliation', 'association', 'host']
        WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
          c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
        ELSE c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' // an opening act
      END AND
      ($since IS NULL AND $until IS NULL OR coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL) AND
      coalesce(CASE WHEN c.force IS NULL THEN c.end_hi ELSE c.force_end_hi END >= $since, true)
    )-[:FROM|TO]->(next:Actor WHERE NOT next:Person OR next.id = $other))+ (finish)
  RETURN c, next
}
WITH [start] + next AS stops, collect(c) AS ways
ORDER BY [x IN stops | x.id] LIMIT $routes
UNWIND range(0, size(stops) - 2) AS i
UNWIND coll.distinct([way IN ways | way[i]]) AS c
WITH stops, i, c, stops[i] AS a, stops[i + 1] AS b
MATCH path = (a)<-[:FROM|TO]-(c)-[:FROM|TO]->(b)
CALL (c) {
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN reduce(text = stops[0].name, x IN stops[1..] | text + ' – ' + x.name) AS route, i + 1 AS step,
  a.name AS from_actor, b.name AS to_actor,
  coalesce('pledge (' + c.act + ')', c.tie_type, c.support_type + ' support') AS tie, c.date AS date,
  CASE
    WHEN coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL THEN 'undated'
    WHEN c.sure AND coalesce(c.sure_start <= $until, $until IS NULL) AND
      coalesce(c.sure_end >= $since, $since IS NULL) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  c.status AS status, coalesce(c.alleged, false) AS alleged, c.id AS claim, c.occurrence AS occurrence,
  COLLECT { MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN e.id ORDER BY e.id } AS evidence,
  COLLECT {
    MATCH (c)-[:CITES {stance: 'supports'}]->(:Evidence)-[found:FOUND_IN]->(work:Source)
    RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
      coalesce(', line ' + found.line, '') AS place ORDER BY place
  } AS passages,
  citations, origins, path
ORDER BY [x IN stops | x.id], step, c.start_lo, claim

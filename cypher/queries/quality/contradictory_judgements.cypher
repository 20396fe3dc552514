// Judgements that contradict each other
//
// Which pairs were judged different, though they are joined by judgements that say the same, directly or over
// others? Where it is direct the later decision counts, and none when both are of one day; where it is over others
// nothing of the set counts as one until one of the pairs is judged anew.
//
// @row left: one record
// @row right: the other
// @row different: coders who judged the two different, with their reasons
// @row over: the ids that join them, from the one to the other
// @row same: coders who judged these the same, with their reasons
// @key left, right
// @show left, right, over, different, same
MATCH (a:Actor|Duplicate|Claim)-[no:JUDGED {judgement: 'different'}]->(b:Actor|Duplicate|Claim)
WITH CASE WHEN a.id < b.id THEN a ELSE b END AS left, CASE WHEN a.id < b.id THEN b ELSE a END AS right,
  coalesce(nullIf(no.coder, ''), '?') + coalesce(': ' + no.reason, '') AS said
WITH left, right, collect(said) AS different
MATCH path = shortestPath((left)-[:JUDGED*..30]-(right))
WHERE all(r IN relationships(path) WHERE r.judgement = 'same')
RETURN left.id AS left, right.id AS right, different, [n IN nodes(path) | n.id] AS over,
  [r IN relationships(path) | coalesce(nullIf(r.coder, ''), '?') + coalesce(': ' + r.reason, '')] AS same
ORDER BY left, right

// Dates that cannot be right together
//
// Which acts certainly end before one of their actors was founded or begin after it was dissolved, and which
// support certainly passed before the first pledge or tie between the two?
//
// @row claim: id of the claim
// @row conflict: what does not fit
// @row date: date of the claim
// @row other: the date it conflicts with
// @row actors: ids of the actors
// @empty such dates cannot both be right
// @key claim, conflict
// @show claim, conflict, date, other
MATCH (c:Claim)-[:FROM|TO]->(a:Actor)
WHERE c.status <> 'rejected' AND c.end_hi < a.founded_lo
RETURN c.id AS claim, 'before its actor was founded' AS conflict, c.date AS date, a.founded AS other, [a.id] AS actors
UNION
MATCH (c:Claim)-[:FROM|TO]->(a:Actor)
WHERE c.status <> 'rejected' AND c.start_lo > a.dissolved_hi
RETURN c.id AS claim, 'after its actor was dissolved' AS conflict, c.date AS date, a.dissolved AS other,
  [a.id] AS actors
UNION
MATCH (a:Actor)<-[:FROM]-(c:Pledge|Support|Tie)-[:TO]->(b:Actor)
WHERE c.status <> 'rejected'
WITH coll.sort([a.id, b.id]) AS pair, collect(CASE WHEN NOT c:Support THEN c END) AS ties,
  collect(CASE WHEN c:Support AND c.presence = 'present' AND c.stage = 'given' AND c.end_hi IS NOT NULL THEN c END)
    AS supports
WHERE ties <> [] AND supports <> []
UNWIND supports AS c
WITH c, ties
WHERE all(tie IN ties WHERE tie.start_lo > c.end_hi)
WITH c, COLLECT { UNWIND ties AS tie RETURN tie ORDER BY tie.start_lo, tie.id LIMIT 1 }[0] AS first
MATCH (a:Actor)<-[:FROM]-(c)-[:TO]->(b:Actor)
RETURN c.id AS claim, 'support before the first pledge or tie' AS conflict, c.date AS date, first.date AS other,
  [a.id, b.id] AS actors

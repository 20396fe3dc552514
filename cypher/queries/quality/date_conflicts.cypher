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
MATCH (a:Actor)<-[:FROM]-(c:Support {presence: 'present', stage: 'given'})-[:TO]->(b:Actor)
WHERE c.status <> 'rejected' AND c.end_hi IS NOT NULL
WITH a, b, collect(c) AS supports, // the end with fewer claims first: a hub has thousands
  CASE WHEN COUNT { (a)<-[:FROM|TO]-() } < COUNT { (b)<-[:FROM|TO]-() } THEN [a, b] ELSE [b, a] END AS ends
WITH a, b, supports, ends[0] AS near, ends[1] AS far
MATCH (near)<-[:FROM|TO]-(tie:Pledge|Tie)-[:FROM|TO]->(x:Actor)
WHERE x = far AND tie.status <> 'rejected'
WITH a, b, supports, collect(tie) AS ties
UNWIND supports AS c
WITH c, a, b, ties
WHERE all(tie IN ties WHERE tie.start_lo > c.end_hi)
WITH c, a, b, reduce(first = ties[0], tie IN ties | CASE WHEN tie.start_lo < first.start_lo THEN tie ELSE first END) AS first
RETURN c.id AS claim, 'support before the first pledge or tie' AS conflict, c.date AS date, first.date AS other,
  [a.id, b.id] AS actors

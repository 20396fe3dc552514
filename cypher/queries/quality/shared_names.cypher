// Names that two actors bore at the same time
//
// Which names, letter case aside, may have been borne by two actors at once? A name without dates may have been
// borne at any time.
//
// @row name: the name
// @row actors: ids of the actors
// @row judged: what a coder decided about the two, if anything
// @key name, actors
// @show name, actors, judged
MATCH (n:Name)-[:OF]->(a:Actor)
WITH toLower(n.name) AS folded, collect({
  name: n.name, actor: a, lo: coalesce(n.start_lo, date('0001-01-01')), hi: coalesce(n.end_hi, date('9999-12-31'))
}) AS bearers
UNWIND bearers AS one
UNWIND bearers AS other
WITH folded, one, other
WHERE one.actor.id < other.actor.id AND one.lo <= other.hi AND other.lo <= one.hi
OPTIONAL MATCH (x:Actor)<-[:SAME_AS]-{0,1}()-[judged:JUDGED]-()-[:SAME_AS]->{0,1}(y:Actor)
WHERE x = one.actor AND y = other.actor
RETURN min(one.name) AS name, [one.actor.id, other.actor.id] AS actors, collect(DISTINCT judged.judgement) AS judged
ORDER BY name, actors

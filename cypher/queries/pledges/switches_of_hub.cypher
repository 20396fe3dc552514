// Switches of hub
//
// Which actors gave allegiance first to one and then to another: a pledge of their own, one that was accepted or
// recognised, or a stated affiliation? The order is certain where the dates decide it. That the old tie is not said to
// have ended does not say that it went on.
//
// @param old actor = null: only from this hub; none takes all
// @param new actor = null: only to this hub; none takes all
// @param limit integer = 1000: how many rows to list; as many mean that there may be more
// @row actor: who switched
// @row actor_id: its id
// @row from: the hub whose tie may have begun first, or the one whose tie has a date
// @row from_id: its id
// @row to: the other hub
// @row to_id: its id
// @row with_from: allegiance to the first, each with its date
// @row with_to: allegiance to the second, each with its date
// @row order: certain when accepted claims leave no other order, possible, or undated when a tie has no date
// @row left: how the tie with the first ended, each with its date, or not stated
// @row claims: ids of the claims of allegiance
// @row citations: passages that support them
// @row origins: independent origins among them
// @key actor_id, from_id, to_id
// @show actor, from, to, order, left, with_to, with_from
CALL () { // with a hub, only those who have to do with it
  MATCH (side:Actor)<-[:FROM|TO]-(:Pledge|Tie)-[:FROM|TO]->(actor:Actor)
  WHERE side.id = coalesce($old, $new)
  RETURN actor
  UNION
  MATCH (actor:Actor)
  WHERE $old IS NULL AND $new IS NULL
  RETURN actor
}
WITH actor ORDER BY actor.name, actor.id
CALL (actor) { // one after the other, until there are enough
  MATCH (actor)<-[way:FROM|TO]-(c:Pledge|Tie)-[:FROM|TO]->(hub:Actor)
  WHERE c.status <> 'rejected' AND (
    c.tie_type = 'affiliation' AND c.presence = 'present' AND type(way) = 'FROM' OR
    c:Pledge AND c.sure IS NOT NULL AND coalesce(c.force, 'in_force') <> 'refused' AND // an opening act
      type(way) = CASE WHEN c.act IN ['accept', 'recognise'] THEN 'TO' ELSE 'FROM' END
  )
  WITH actor, hub, c ORDER BY c.start_lo, c.end_hi, c.id
  WITH actor, hub, collect(c) AS claims, // the tie began between these two days
    min(CASE WHEN coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL
      THEN coalesce(c.start_lo, date('0001-01-01')) END) AS lo,
    min(CASE WHEN c.sure THEN coalesce(c.start_hi, date('9999-12-31')) ELSE date('9999-12-31') END) AS hi
  ORDER BY lo, hi, hub.id
  WITH actor, collect({hub: hub, claims: claims, lo: lo, hi: hi}) AS sides
  UNWIND [i IN range(0, size(sides) - 2) WHERE $old IS NULL OR sides[i].hub.id = $old] AS i
  UNWIND [j IN range(i + 1, size(sides) - 1) WHERE $new IS NULL OR sides[j].hub.id = $new] AS j
  RETURN sides[i] AS one, sides[j] AS two
}
WITH actor, one, two, one.hub AS from, two.hub AS to
ORDER BY actor.name, actor.id, one.lo, two.lo, from.id, to.id LIMIT $limit
WITH *, one.claims + two.claims AS claims, COLLECT {
  MATCH (actor)<-[:FROM|TO]-(end:Pledge|Schism)-[:FROM|TO]->(x:Actor)
  WHERE x = from AND end.status <> 'rejected' AND (end:Schism OR end.act IN ['withdraw', 'deny', 'refuse'])
  WITH coalesce(end.act, 'break') + coalesce(' ' + end.date, '') +
    CASE end.status WHEN 'accepted' THEN '' ELSE ' (' + end.status + ')' END AS text, min(end.start_lo) AS lo
  RETURN text ORDER BY lo, text
} AS left
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN actor.name AS actor, actor.id AS actor_id, from.name AS from, from.id AS from_id, to.name AS to, to.id AS to_id,
  coll.distinct([c IN one.claims | coalesce(c.tie_type, c.act) + coalesce(' ' + c.date, '') +
    CASE c.status WHEN 'accepted' THEN '' ELSE ' (' + c.status + ')' END]) AS with_from,
  coll.distinct([c IN two.claims | coalesce(c.tie_type, c.act) + coalesce(' ' + c.date, '') +
    CASE c.status WHEN 'accepted' THEN '' ELSE ' (' + c.status + ')' END]) AS with_to,
  CASE
    WHEN two.lo IS NULL THEN 'undated'
    WHEN two.lo > one.hi AND any(c IN two.claims WHERE c.sure) THEN 'certain'
    ELSE 'possible'
  END AS order,
  CASE left WHEN [] THEN ['not stated'] ELSE left END AS left, [c IN claims | c.id] AS claims,
  citations, origins
ORDER BY actor, actor_id, one.lo, two.lo, from_id, to_id

// What would change if a source were dropped
//
// Which claims rest on this work, and what would be left of each without it? A passage falls with the work when it was
// read in it, when its words were first said or printed there, or when every authority it relies on is that work.
// Origins are counted as they stand: works that repeat the dropped one do not fall with it. The gravest come first, as
// many as `limit` says; as many rows as that mean that there may be more.
//
// @param source source: the work
// @param limit integer = 500: how many claims to list
// @row effect: no passage left, one origin left, fewer passages, no longer denied, or fewer denials
// @row kind: kind of the claim
// @row what: the act, kind of support, tie or lineage, or the title
// @row actors: who is in it; from and to for all but events
// @row date: when, as the source gives it
// @row status: accepted or disputed or needs_work
// @row claim: id of the claim
// @row lost: ids of the supporting passages that fall
// @row denials_lost: ids of the contradicting passages that fall
// @row citations: supporting passages that are left
// @row origins: independent origins among these
// @row readings: ids of other readings of the happening that keep a passage
// @key claim
// @group effect
// @show what, actors, citations, status, origins, readings, date
// @example source = barnes-2015
MATCH (dropped:Source {id: $source})
CALL (dropped) {
  MATCH (dropped)<-[:FOUND_IN|QUOTES|RELIES_ON]-(e:Evidence)
  WITH DISTINCT dropped, e
  WHERE EXISTS { (e)-[:FOUND_IN|QUOTES]->(dropped) } OR
    NOT EXISTS { (e)-[:RELIES_ON]->(other:Source) WHERE other <> dropped }
  WITH collect(e) AS fallen
  CALL (fallen) {
    UNWIND fallen AS e
    MATCH (e)<-[cites:CITES]-(c:Claim)
    WHERE cites.stance <> 'context' AND c.status <> 'rejected'
    RETURN DISTINCT c
  }
  MATCH (c)-[cites:CITES]->(e:Evidence)
  WHERE cites.stance <> 'context'
  RETURN c, e, e IN fallen AS falls, cites.stance = 'contradicts' AS denies
}
WITH dropped, c, collect(CASE WHEN falls AND NOT denies THEN e.id END) AS lost,
  collect(CASE WHEN falls AND denies THEN e.id END) AS denials_lost,
  count(CASE WHEN NOT falls AND NOT denies THEN 1 END) AS citations,
  count(CASE WHEN NOT falls AND denies THEN 1 END) AS denials,
  count(DISTINCT CASE WHEN NOT falls AND NOT denies THEN e.origin END) AS origins,
  count(DISTINCT CASE WHEN NOT denies THEN e.origin END) AS before
WITH *, [label IN labels(c) WHERE label <> 'Claim'][0] AS kind, CASE
    WHEN lost <> [] AND citations = 0 THEN 'no passage left'
    WHEN origins < before AND origins = 1 THEN 'one origin left'
    WHEN lost <> [] THEN 'fewer passages'
    WHEN denials = 0 THEN 'no longer denied'
    ELSE 'fewer denials'
  END AS effect
ORDER BY CASE effect WHEN 'no passage left' THEN 0 WHEN 'one origin left' THEN 1 WHEN 'fewer passages' THEN 2 ELSE 3 END,
  kind, c.start_lo, c.id
LIMIT $limit
RETURN effect, kind,
  coalesce(c.title, c.relation, c.tie_type, c.act, c.stage + ' ' + c.support_type + ' support', 'break') +
    CASE c.presence WHEN 'absent' THEN ' (absent)' ELSE '' END AS what,
  CASE WHEN c:Event THEN coll.sort([x IN coll.distinct([(c)-[:INVOLVES]->(x) | x]) | x.name])
    ELSE [x IN coll.distinct([(c)-[:FROM]->(x) | x] + [(c)-[:TO]->(x) | x]) | x.name] END AS actors,
  c.date AS date, c.status AS status, c.id AS claim, coll.sort(lost) AS lost, coll.sort(denials_lost) AS denials_lost,
  citations, origins,
  COLLECT {
    MATCH (other:Claim {occurrence: c.occurrence})
    WHERE other <> c AND other.status <> 'rejected' AND EXISTS {
      MATCH (other)-[:CITES {stance: 'supports'}]->(e:Evidence)
      WHERE NOT EXISTS { (e)-[:FOUND_IN|QUOTES]->(dropped) } AND (NOT EXISTS { (e)-[:RELIES_ON]->(dropped) } OR
        EXISTS { (e)-[:RELIES_ON]->(s:Source) WHERE s <> dropped })
    }
    RETURN other.id ORDER BY other.id
  } AS readings
ORDER BY CASE effect WHEN 'no passage left' THEN 0 WHEN 'one origin left' THEN 1 WHEN 'fewer passages' THEN 2 ELSE 3 END,
  kind, c.start_lo, claim

// What would change if a source were dropped
//
// Which claims rest on this work, and what would be left of each without it? A passage falls with the work when it was
// read in it, when its words were first said or printed there, or when every authority it relies on is that work.
// Origins are counted as they stand: works that repeat the dropped one do not fall with it.
//
// @param source source: the work
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
MATCH (:Source {id: $source})<-[:FOUND_IN|QUOTES|RELIES_ON]-(e:Evidence)<-[cites:CITES]-(c:Claim)
WHERE cites.stance <> 'context' AND c.status <> 'rejected'
WITH DISTINCT c
WITH c, COLLECT {
  MATCH (c)-[cites:CITES]->(e:Evidence)
  WHERE cites.stance <> 'context'
  RETURN {id: e.id, origin: e.origin, denies: cites.stance = 'contradicts',
    falls: EXISTS { (e)-[:FOUND_IN|QUOTES]->(:Source {id: $source}) } OR
      EXISTS { (e)-[:RELIES_ON]->(:Source {id: $source}) } AND
      NOT EXISTS { (e)-[:RELIES_ON]->(other:Source) WHERE other.id <> $source }} AS passage
  ORDER BY e.id
} AS passages
WITH c, [p IN passages WHERE p.falls AND NOT p.denies | p.id] AS lost,
  [p IN passages WHERE p.falls AND p.denies | p.id] AS denials_lost,
  [p IN passages WHERE NOT p.falls AND NOT p.denies] AS left,
  [p IN passages WHERE NOT p.denies] AS support, [p IN passages WHERE NOT p.falls AND p.denies] AS denials
WHERE lost <> [] OR denials_lost <> []
WITH *, COUNT { UNWIND left AS p RETURN DISTINCT p.origin } AS origins,
  COUNT { UNWIND support AS p RETURN DISTINCT p.origin } AS before
RETURN
  CASE
    WHEN lost <> [] AND left = [] THEN 'no passage left'
    WHEN origins < before AND origins = 1 THEN 'one origin left'
    WHEN lost <> [] THEN 'fewer passages'
    WHEN denials = [] THEN 'no longer denied'
    ELSE 'fewer denials'
  END AS effect,
  [label IN labels(c) WHERE label <> 'Claim'][0] AS kind,
  coalesce(c.title, c.relation, c.tie_type, c.act, c.stage + ' ' + c.support_type + ' support', 'break') +
    CASE c.presence WHEN 'absent' THEN ' (absent)' ELSE '' END AS what,
  COLLECT {
    MATCH (c)-[way:FROM|TO|INVOLVES]->(x:Actor)
    WHERE c:Event OR type(way) <> 'INVOLVES'
    WITH x, min(CASE type(way) WHEN 'FROM' THEN 0 ELSE 1 END) AS side
    RETURN x.name ORDER BY side, x.name
  } AS actors,
  c.date AS date, c.status AS status, c.id AS claim, lost, denials_lost, size(left) AS citations, origins,
  COLLECT {
    MATCH (other:Claim {occurrence: c.occurrence})
    WHERE other <> c AND other.status <> 'rejected' AND EXISTS {
      MATCH (other)-[:CITES {stance: 'supports'}]->(e:Evidence)
      WHERE NOT EXISTS { (e)-[:FOUND_IN|QUOTES]->(:Source {id: $source}) } AND (
        NOT EXISTS { (e)-[:RELIES_ON]->(:Source {id: $source}) } OR
        EXISTS { (e)-[:RELIES_ON]->(s:Source) WHERE s.id <> $source })
    }
    RETURN other.id ORDER BY other.id
  } AS readings
ORDER BY CASE effect WHEN 'no passage left' THEN 0 WHEN 'one origin left' THEN 1 WHEN 'fewer passages' THEN 2 ELSE 3 END,
  kind, c.start_lo, claim

// Parts of an actor that act alone
//
// Which factions, cells and fronts belong to this actor, when, and what has each done alone? A part without dates
// is undated. That no act of its own is listed means that none is coded, not that there was none.
//
// @param actor actor: the whole
// @param since date = null: first day of the window; none leaves it open
// @param until date = null: last day of the window; none leaves it open
// @row part: name of the part
// @row part_id: its id
// @row kind: what it is
// @row relation: faction_of or front
// @row date: when, each reading as the source gives it
// @row certainty: certain or possible in the window, or undated
// @row disputed: ids of the readings that are disputed or need work
// @row acts: what it did as a body of its own, each with its date; words, support, ties and breaks
// @row claims: ids of the claims that it is a part
// @row citations: passages that support them
// @row origins: independent origins among them
// @key part_id, relation
// @show part, certainty, date, acts, citations
// @example actor = red-army-faction
// @example since = 1972-01-01
MATCH (whole:Actor {id: $actor})<-[:TO]-(c:Lineage)-[:FROM]->(part:Actor)
WHERE c.relation IN ['faction_of', 'front'] AND c.status <> 'rejected'
WITH whole, part, c, date($since) AS since, date($until) AS until,
  coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL AS undated
WITH *, NOT undated AND (c.start_lo IS NULL OR until IS NULL OR c.start_lo <= until) AND
    (c.end_hi IS NULL OR since IS NULL OR c.end_hi >= since) AS possible,
  NOT undated AND c.status = 'accepted' AND NOT coalesce(c.date_uncertain, false) AND
    (until IS NULL OR coalesce(c.start_hi <= until, false)) AND
    (since IS NULL OR coalesce(c.end_lo >= since, false)) AS certain
ORDER BY c.start_lo, c.id
WITH whole, part, c.relation AS relation,
  collect({node: c, undated: undated, possible: possible, certain: certain}) AS readings
WITH *, [r IN readings | r.node] AS claims, [r IN readings WHERE NOT r.undated] AS dated
WHERE dated = [] OR any(r IN dated WHERE r.possible)
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN part.name AS part, part.id AS part_id, part.kind AS kind, relation,
  coll.distinct([c IN claims WHERE c.date IS NOT NULL | c.date]) AS date,
  CASE
    WHEN dated = [] THEN 'undated'
    WHEN all(r IN dated WHERE r.certain) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  [c IN claims WHERE c.status <> 'accepted' | c.id] AS disputed,
  COLLECT {
    MATCH (part)<-[way:FROM|TO]-(x:Pledge|Support|Tie|Schism)-[:FROM|TO]->(other:Actor)
    WHERE x.status <> 'rejected' AND coalesce(x.presence, 'present') = 'present' AND
      (type(way) = 'FROM' OR x:Tie AND NOT coalesce(x.directed, false))
    RETURN DISTINCT CASE
      WHEN x:Pledge THEN x.act + ' to '
      WHEN x:Support THEN x.stage + ' ' + x.support_type + ' support to '
      WHEN x:Tie THEN x.tie_type + ' with '
      ELSE 'break with '
    END + other.name + coalesce(' ' + x.date, '') +
      CASE x.status WHEN 'accepted' THEN '' ELSE ' (' + x.status + ')' END AS text
    ORDER BY text
  } AS acts,
  [c IN claims | c.id] AS claims,
  citations, origins
ORDER BY part, part_id, relation

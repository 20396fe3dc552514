// Where two texts disagree
//
// Which readings of one happening, one in each of two works, differ, and in what: date, kind, who, whom, presence,
// stage, direction, role, actors or name? Two events in which nothing coded differs may differ in the words printed.
// Findings of the two works are compared too. A value that one reading lacks is no difference.
//
// @param first source = blair-potter: the one work
// @param second source = plapinger-potter: the other work
// @param kind text[] = null: only these kinds (Pledge, Support, Tie, Schism, Lineage, Event, Finding); none takes all
// @param disputed flag = true: only pairs of which at least one reading is disputed
// @row occurrence: what the readings share
// @row kind: kind of the claims, or Finding
// @row differs: what differs
// @row first_says: what the first work has for each of these
// @row second_says: what the second has
// @row note: why it is disputed
// @row first_claim: id of the reading in the first work
// @row second_claim: id of the reading in the second
// @row first_status: accepted or disputed or needs_work
// @row second_status: the same for the second
// @row first_passages: where the first reading stands
// @row second_passages: where the second stands
// @row first_evidence: ids of the passages of the first; empty for findings
// @row second_evidence: ids of the passages of the second
// @row origins: independent origins of the two together
// @key first_claim, second_claim
// @group occurrence
// @show differs, first_says, second_says, kind
// @example kind = Tie; Schism
CALL () {
  MATCH (:Source {id: $first})<-[:FOUND_IN]-(:Evidence)<-[:CITES {stance: 'supports'}]-(a:Claim)
  WHERE a.occurrence IS NOT NULL AND a.status <> 'rejected'
  WITH DISTINCT a, [label IN labels(a) WHERE label <> 'Claim'][0] AS kind
  WHERE $kind IS NULL OR kind IN $kind
  MATCH (b:Claim {occurrence: a.occurrence})
  WHERE b <> a AND kind IN labels(b) AND b.status <> 'rejected' AND
    (NOT $disputed OR 'disputed' IN [a.status, b.status]) AND
    $second IN COLLECT { MATCH (b)-[:CITES {stance: 'supports'}]->(:Evidence)-[:FOUND_IN]->(w:Source) RETURN w.id }
  WITH a, b, kind,
    reduce(text = '', id IN COLLECT { MATCH (a)-[:INVOLVES]->(x) RETURN DISTINCT x.id ORDER BY x.id } |
      text + CASE text WHEN '' THEN '' ELSE ', ' END + id) AS a_actors,
    reduce(text = '', id IN COLLECT { MATCH (b)-[:INVOLVES]->(x) RETURN DISTINCT x.id ORDER BY x.id } |
      text + CASE text WHEN '' THEN '' ELSE ', ' END + id) AS b_actors
  WITH a, b, kind, [
    {name: 'date', one: a.date, other: b.date},
    {name: 'kind', one: coalesce(a.support_type, a.tie_type, a.act, a.event_type, a.relation),
     other: coalesce(b.support_type, b.tie_type, b.act, b.event_type, b.relation)},
    {name: 'presence', one: a.presence, other: b.presence},
    {name: 'stage', one: a.stage, other: b.stage},
    {name: 'direction', one: a.direction, other: b.direction},
    {name: 'alleged', one: toString(a.alleged), other: toString(b.alleged)},
    {name: 'role', one: a.role, other: b.role},
    {name: 'from', one: COLLECT { MATCH (a)-[:FROM]->(x) RETURN x.id }[0],
     other: COLLECT { MATCH (b)-[:FROM]->(x) RETURN x.id }[0]},
    {name: 'to', one: COLLECT { MATCH (a)-[:TO]->(x) RETURN x.id }[0],
     other: COLLECT { MATCH (b)-[:TO]->(x) RETURN x.id }[0]},
    {name: 'actors', one: nullIf(a_actors, ''), other: nullIf(b_actors, '')},
    {name: 'name', one: a.name_as_printed, other: CASE
      WHEN none(x IN split(a.name_as_printed, '; ') WHERE x IN split(b.name_as_printed, '; ')) THEN b.name_as_printed
    END}
  ] AS coded, [{
    name: 'words', one: a.type_as_printed, other: CASE kind WHEN 'Event' THEN b.type_as_printed END
  }] AS printed
  WITH a, b, kind, [d IN coded WHERE d.one <> d.other] AS coded, [d IN printed WHERE d.one <> d.other] AS printed
  RETURN a.occurrence AS occurrence, kind, a, b, CASE coded WHEN [] THEN printed ELSE coded END AS differs,
    COLLECT {
      MATCH (a)-[:CITES {stance: 'supports'}]->(e:Evidence)-[found:FOUND_IN]->(work:Source {id: $first})
      RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
        coalesce(', line ' + found.line, '') AS place ORDER BY place
    } AS first_passages,
    COLLECT {
      MATCH (b)-[:CITES {stance: 'supports'}]->(e:Evidence)-[found:FOUND_IN]->(work:Source {id: $second})
      RETURN DISTINCT work.id + coalesce(', ' + found.locator_label + ' ' + found.locator, '') +
        coalesce(', line ' + found.line, '') AS place ORDER BY place
    } AS second_passages,
    COLLECT { MATCH (a)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN e.id ORDER BY e.id } AS first_evidence,
    COLLECT { MATCH (b)-[:CITES {stance: 'supports'}]->(e:Evidence) RETURN e.id ORDER BY e.id } AS second_evidence,
    COUNT {
      UNWIND [a, b] AS c
      MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
      RETURN DISTINCT e.origin
    } AS origins
  UNION
  MATCH (one:Source {id: $first})<-[here:REPORTED_IN]-(a:Finding)
  WHERE a.occurrence IS NOT NULL AND a.status <> 'rejected' AND ($kind IS NULL OR 'Finding' IN $kind)
  CALL (a) {
    MATCH (other:Source {id: $second})<-[there:REPORTED_IN]-(b:Finding)
    WHERE b.occurrence = a.occurrence AND b <> a AND b.status <> 'rejected' AND
      (NOT $disputed OR 'disputed' IN [a.status, b.status])
    RETURN other, there, b
  }
  RETURN a.occurrence AS occurrence, 'Finding' AS kind, a, b,
    [d IN [
      {name: 'value', one: a.value, other: b.value}, {name: 'statement', one: a.statement, other: b.statement}
    ] WHERE d.one <> d.other] AS differs,
    [one.id + coalesce(', ' + here.locator_label + ' ' + here.locator, '') + coalesce(', line ' + here.line, '')]
      AS first_passages,
    [other.id + coalesce(', ' + there.locator_label + ' ' + there.locator, '') + coalesce(', line ' + there.line, '')]
      AS second_passages,
    [] AS first_evidence, [] AS second_evidence,
    CASE WHEN EXISTS { (one)-[:REPEATS]-(other) } THEN 1 ELSE 2 END AS origins
}
WITH *
WHERE differs <> []
RETURN occurrence, kind, [d IN differs | d.name] AS differs,
  [d IN differs | d.name + ': ' + coalesce(d.one, 'not stated')] AS first_says,
  [d IN differs | d.name + ': ' + coalesce(d.other, 'not stated')] AS second_says,
  CASE WHEN b.status = 'disputed' AND a.status <> 'disputed' THEN b.note ELSE a.note END AS note,
  a.id AS first_claim, b.id AS second_claim, a.status AS first_status, b.status AS second_status,
  first_passages, second_passages, first_evidence, second_evidence, origins
ORDER BY occurrence, kind, first_claim, second_claim

// Ties after a schism: material, rhetorical, searched or not stated
//
// When an allegiance breaks, which ties does each side have from then until a last day, and what are they worth?
// Material: some of the five kinds of support passed, either way. Rhetorical: a tie is in force and its time is
// covered by coded absence of all five, both ways. Searched: absence coded or searched for, both ways. Not stated:
// a tie is in force and the sources are silent; silence is never taken for absence. The class counts what
// possibly holds, class_certain what holds for certain. The two sides of the break are no pair in this list,
// and persons are no partners.
//
// @param schism schism = aq-is-schism: the break, by the id of its occurrence or of one reading of it
// @param hub actor[] = null: whose ties; none takes both sides of the break
// @param until date = 2015-12-31: last day of the window, which opens with the break
// @param class class[] = null: classes to list; none lists all but those without a cooperative tie
// @row hub: the side whose ties these are
// @row actor: the other end of the tie
// @row hub_id: id of the hub
// @row actor_id: id of the actor
// @row class: what the tie is worth, over what possibly holds
// @row class_certain: the same over what holds for certain
// @row certainty: certain when the two agree, else possible
// @row class_from_hub: the class of what the hub gives
// @row class_to_hub: the class of what the hub gets
// @row since: when the first tie in force in the window, else the first deciding claim, began, as exact as is known
// @row claims: ids of the claims and searches that decide the class
// @row citations: passages that support them
// @row origins: independent origins among them
// @row flags: contested, disputed, needs work, alleged, inferred, undated (a claim that would count has no date),
//   refused, claimed, not acknowledged, partly coded (absence of some of the five), rhetorical in part (years)
// @row promised: support promised in the window, with its direction
// @row sought: support sought in the window, with its direction
// @key hub_id, actor_id
// @group hub
// @show actor, class, certainty, since, citations, origins, flags
// @example hub = islamic-state
// @example class = material; rhetorical; searched, none found

// The window opens somewhere within the readings of the break; of two that agree, the less exact one is left out.
MATCH (reading:Schism)-[:FROM|TO]->(side:Actor)
WHERE (reading.occurrence = $schism OR reading.id = $schism) AND reading.status <> 'rejected'
WITH date('0001-01-01') AS dawn, date('9999-12-31') AS dusk, // stand for "not known" at either end
  collect(DISTINCT reading) AS readings, collect(DISTINCT side.id) AS sides
WITH dawn, dusk, sides,
  [r IN readings WHERE coalesce(r.start_lo, r.start_hi, r.end_lo, r.end_hi) IS NOT NULL |
    {lo: coalesce(r.start_lo, dawn), hi: coalesce(r.end_hi, dusk)}] AS spans
WITH dawn, dusk, sides,
  [s IN spans WHERE none(o IN spans WHERE o <> s AND o.lo >= s.lo AND o.hi <= s.hi)] AS finest
UNWIND CASE WHEN finest = [] THEN [{lo: dawn, hi: dusk}] ELSE finest END AS span
WITH dawn, dusk, sides, min(span.lo) AS opens, max(span.hi) AS open, date($until) AS until

// Each side's pairs, and what every claim of a pair says: its part, its days, whether it may hold and surely holds.
MATCH (hub:Actor)
WHERE hub.id IN coalesce($hub, sides)
MATCH (hub)<-[way:FROM|TO]-(c:Pledge|Support|Tie|Schism)-[:FROM|TO]->(actor:Actor)
WHERE c.status <> 'rejected' AND NOT actor:Person AND NOT (hub.id IN sides AND actor.id IN sides)
WITH *, coalesce(c.direction, 'one_way') <> 'one_way' AS both_ways, c.force IS NOT NULL AS forced,
  coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL AS dated
WITH *, CASE
    WHEN c.stage = 'given' AND c.presence = 'absent' THEN 'absence'
    WHEN c.stage = 'given' AND c.support_type IN
      ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified'] THEN 'given'
    WHEN c.tie_type IN ['alliance', 'affiliation', 'association', 'host'] AND c.presence = 'present' THEN 'tie'
    WHEN c:Pledge AND c.sure IS NOT NULL THEN 'tie' // an opening act
    WHEN c:Schism OR c.act IN ['withdraw', 'deny', 'refuse'] AND (
      NOT coalesce(c.scope, 'whole') IN ['faction', 'individuals'] OR EXISTS {
        MATCH (c)-[end:FROM|TO]->(part:Actor)
        WHERE (type(end) = 'FROM' OR c.act = 'refuse') AND (
          part.kind IN ['faction', 'cell'] OR EXISTS { (part)<-[:FROM]-(:Lineage {relation: 'faction_of'}) })
      }) THEN 'end'
    WHEN c.act IN ['offer', 'claim'] THEN 'words'
  END AS part,
  coalesce(CASE WHEN forced THEN c.force_start_lo ELSE c.start_lo END, dawn) AS start_lo,
  coalesce(CASE WHEN forced THEN c.force_start_hi ELSE c.start_hi END, dusk) AS start_hi,
  coalesce(CASE WHEN forced THEN c.force_end_lo ELSE c.end_lo END, dawn) AS end_lo,
  coalesce(CASE WHEN forced THEN c.force_end_hi ELSE c.end_hi END, dusk) AS end_hi
ORDER BY start_lo, c.id
WITH dawn, dusk, opens, open, until, hub, actor, collect({
  node: c, part: part, dated: dated,
  from_hub: type(way) = 'FROM' OR both_ways, to_hub: type(way) = 'TO' OR both_ways,
  holds: {
    may: dated AND coalesce(c.force, '') <> 'refused' AND start_lo <= until AND end_hi >= opens,
    surely: dated AND coalesce(c.sure AND c.sure_start <= until AND c.sure_end >= open, false)
  },
  in_force: { // the part of the window in which a tie runs: all of it, and no more than is sure
    may: {first: CASE WHEN start_hi > open THEN start_hi ELSE open END,
          last: CASE WHEN end_lo < until THEN end_lo ELSE until END},
    surely: {first: CASE WHEN start_lo > opens THEN start_lo ELSE opens END,
             last: CASE WHEN end_hi < until THEN end_hi ELSE until END}
  },
  covers: {
    may: {first: coalesce(c.may_cover_from, dawn), last: coalesce(c.may_cover_to, dusk)},
    surely: {first: c.covers_from, last: c.covers_to}
  },
  refused: c.force = 'refused' AND start_lo <= until AND end_hi >= opens AND
    coalesce(c.force_start_lo, c.force_start_hi, c.force_end_lo, c.force_end_hi) IS NOT NULL
}) AS claims
WITH *, ['operational', 'material', 'territorial', 'training', 'financial'] AS five,
  [x IN claims WHERE x.part = 'given' AND x.holds.may] AS given,
  [x IN claims WHERE x.part = 'tie' AND x.holds.may] AS ties,
  [x IN claims WHERE x.part = 'absence' AND x.dated] AS absences,
  [(actor)<-[two:ABOUT]-(s:Search)-[one:ABOUT]->(side:Actor) // the hub has many, the other end has few
    WHERE side = hub AND s.outcome = 'none_found' AND s.status <> 'rejected' AND
      one.role IN ['subject', 'object'] AND two.role IN ['subject', 'object'] AND one.role <> two.role AND
      coalesce(s.start_lo, s.start_hi, s.end_lo, s.end_hi) IS NOT NULL AND ('any' IN s.looked_for OR all(t IN
        ['operational', 'material', 'territorial', 'training', 'financial'] WHERE t IN s.looked_for)) |
    {node: s, from_hub: one.role = 'subject', to_hub: one.role = 'object',
     holds: {may: coalesce(s.start_lo, dawn) <= until AND coalesce(s.end_hi, dusk) >= opens},
     covers: {
       may: {first: coalesce(s.start_lo, dawn), last: coalesce(s.end_hi, dusk)},
       surely: CASE WHEN s.status = 'accepted' AND NOT coalesce(s.date_uncertain, false)
         THEN {first: s.start_hi, last: s.end_lo} ELSE {} END
     }}] AS searches

// The class of each direction, then of the pair; first over what may hold, then over what surely holds.
WITH *, [how IN ['may', 'surely'] | [way IN ['from_hub', 'to_hub'] | CASE
  WHEN any(x IN given WHERE x[way] AND x.holds[how]) THEN 'material'
  WHEN none(tie IN ties WHERE tie.holds[how]) THEN 'no cooperative tie recorded'
  WHEN all(tie IN ties WHERE all(kind IN five WHERE any(x IN absences WHERE x[way] AND
    x.node.support_type IN [kind, 'any'] AND
    x.covers[how].first <= tie.in_force[how].first AND x.covers[how].last >= tie.in_force[how].last)))
    THEN 'rhetorical'
  WHEN all(tie IN ties WHERE any(s IN searches WHERE s[way] AND
    s.covers[how].first <= tie.in_force[how].first AND s.covers[how].last >= tie.in_force[how].last))
    THEN 'searched, none found'
  ELSE 'not stated'
END]] AS directions
WITH *, [ways IN directions | CASE
  WHEN 'material' IN ways THEN 'material'
  WHEN all(way IN ways WHERE way = 'rhetorical') THEN 'rhetorical'
  WHEN all(way IN ways WHERE way IN ['rhetorical', 'searched, none found']) THEN 'searched, none found'
  WHEN 'not stated' IN ways THEN 'not stated'
  ELSE 'no cooperative tie recorded'
END] AS classes
WITH *, classes[0] AS class, classes[1] AS class_certain
WHERE class IN coalesce($class, ['material', 'rhetorical', 'searched, none found', 'not stated'])

// What decides the class, the passages behind it, and what a reader must know about it.
WITH *, CASE class
  WHEN 'material' THEN given
  WHEN 'rhetorical' THEN ties + [x IN absences WHERE x.holds.may AND x.node.support_type IN five + 'any']
  WHEN 'searched, none found' THEN ties + [x IN searches WHERE x.holds.may] +
    [x IN absences WHERE x.holds.may AND x.node.support_type IN five + 'any']
  ELSE ties
END AS deciding
CALL (deciding) {
  UNWIND deciding AS x
  WITH x.node AS node
  MATCH (node)-[cites:CITES]->(e:Evidence)
  WHERE cites.stance = 'supports'
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
CALL (deciding, opens, until, dawn, dusk, five) { // readings of the same happening that say otherwise
  UNWIND deciding AS x
  WITH x.node AS c, five + 'unspecified' AS kinds, ['alliance', 'affiliation', 'association', 'host'] AS bonds
  MATCH (rival:Claim {occurrence: c.occurrence})
  WHERE rival <> c AND rival.status <> 'rejected' AND coalesce(rival.force, '') <> 'refused' AND
    (c:Pledge AND rival:Pledge OR c:Support AND rival:Support OR c:Tie AND rival:Tie) AND
    coalesce(rival.start_lo, rival.start_hi, rival.end_lo, rival.end_hi) IS NOT NULL AND
    coalesce(rival.start_lo, dawn) <= until AND
    coalesce(CASE WHEN rival.force IS NULL THEN rival.end_hi ELSE rival.force_end_hi END, dusk) >= opens
  MATCH (a:Actor)<-[:FROM]-(c)-[:TO]->(b:Actor), (d:Actor)<-[:FROM]-(rival)-[:TO]->(e:Actor)
  WITH c, rival, CASE
      WHEN c:Support THEN c.presence = rival.presence AND c.stage = rival.stage AND
        (c.support_type = rival.support_type OR
          c.presence = 'present' AND c.support_type IN kinds AND rival.support_type IN kinds) AND
        (c.direction = 'one_way') = (rival.direction = 'one_way') AND
        (a = d AND b = e OR c.direction <> 'one_way' AND a = e AND b = d)
      WHEN c:Tie THEN c.presence = rival.presence AND (a = d AND b = e OR a = e AND b = d) AND
        (c.tie_type = rival.tie_type OR c.tie_type IN bonds AND rival.tie_type IN bonds)
      ELSE rival.sure IS NOT NULL AND (a = d AND b = e OR a = e AND b = d)
    END AS agree,
    coalesce(c.start_lo, dawn) AS c_lo, coalesce(c.end_hi, dusk) AS c_hi,
    coalesce(rival.start_lo, dawn) AS lo, coalesce(rival.end_hi, dusk) AS hi
  WHERE NOT agree OR NOT (lo <= c_lo AND hi >= c_hi OR lo >= c_lo AND hi <= c_hi)
  RETURN count(rival) > 0 AS gainsaid
}
WITH *, gainsaid OR any(x IN deciding WHERE any(o IN claims WHERE // the opposite presence on the same matter
    o.holds.may AND o.node.presence <> x.node.presence AND o.node.status IN ['accepted', 'disputed'] AND (
      o.node.tie_type IN ['alliance', 'affiliation', 'association', 'host'] AND x.part = 'tie' OR
      x.part IN ['given', 'absence'] AND o.node.stage = 'given' AND
        (o.node.support_type = x.node.support_type OR 'any' IN [o.node.support_type, x.node.support_type]) AND
        (o.from_hub AND x.from_hub OR o.to_hub AND x.to_hub)))) AS contested,
  // for each direction and each of the five kinds, the stretches in force for which absence is coded
  [way IN ['from_hub', 'to_hub'] WHERE class <> 'material' | [kind IN five |
    reduce(all = [], tie IN ties | all + [x IN absences WHERE x[way] AND x.node.support_type IN [kind, 'any'] AND
      tie.in_force.surely.first <= tie.in_force.surely.last AND // not so when the break is after `until`
      x.covers.may.first <= tie.in_force.surely.last AND x.covers.may.last >= tie.in_force.surely.first | {
        lo: CASE WHEN x.covers.may.first > tie.in_force.surely.first
          THEN x.covers.may.first ELSE tie.in_force.surely.first END,
        hi: CASE WHEN x.covers.may.last < tie.in_force.surely.last
          THEN x.covers.may.last ELSE tie.in_force.surely.last END
      }])]] AS coded
WITH *, [kinds IN coded | reduce(common = kinds[0], kind IN kinds[1..] | reduce(all = [], a IN common |
    all + [b IN kind WHERE b.lo <= a.hi AND b.hi >= a.lo | {
      lo: CASE WHEN a.lo > b.lo THEN a.lo ELSE b.lo END, hi: CASE WHEN a.hi < b.hi THEN a.hi ELSE b.hi END
    }]))] AS wordless // the stretches for which all five are absent
WITH *, reduce(some = [], stretches IN wordless | some + CASE // less than all of the time in force
    WHEN all(tie IN ties WHERE
      any(s IN stretches WHERE s.lo <= tie.in_force.surely.first AND s.hi >= tie.in_force.surely.first) AND
      all(s IN stretches WHERE s.hi < tie.in_force.surely.first OR s.hi >= tie.in_force.surely.last OR
        any(next IN stretches WHERE next.lo <= s.hi + duration({days: 1}) AND next.hi > s.hi))) THEN []
    ELSE stretches
  END) AS in_part
CALL (in_part, dawn, dusk) { // as years
  UNWIND in_part AS stretch
  WITH stretch, dawn, dusk ORDER BY stretch.lo, stretch.hi
  WITH dawn, dusk, reduce(merged = [], s IN collect(stretch) | CASE
    WHEN merged <> [] AND s.lo <= merged[-1].hi + duration({days: 1}) THEN merged[..-1] +
      {lo: merged[-1].lo, hi: CASE WHEN s.hi > merged[-1].hi THEN s.hi ELSE merged[-1].hi END}
    ELSE merged + s
  END) AS merged
  UNWIND merged AS s
  WITH CASE s.lo WHEN dawn THEN '..' ELSE toString(s.lo.year) END AS first,
    CASE s.hi WHEN dusk THEN '..' ELSE toString(s.hi.year) END AS last
  RETURN collect(CASE WHEN first = last THEN first ELSE first + '-' + last END) AS years
}
CALL (ties, deciding, dawn, dusk) { // the first to begin, those left out that another reading tells more exactly
  WITH dawn, dusk, CASE WHEN ties = [] THEN deciding ELSE ties END AS candidates
  UNWIND [x IN candidates WHERE x.node.start_lo IS NOT NULL AND none(o IN candidates WHERE
    coalesce(o.node.occurrence = x.node.occurrence, false) AND
    coalesce(o.node.start_lo, dawn) >= x.node.start_lo AND
    coalesce(o.node.end_hi, dusk) <= coalesce(x.node.end_hi, dusk) AND
    (coalesce(o.node.start_lo, dawn) > x.node.start_lo OR
      coalesce(o.node.end_hi, dusk) < coalesce(x.node.end_hi, dusk)))] AS x
  WITH x.node.start_lo AS lo, coalesce(x.node.start_hi, dusk) AS hi
  ORDER BY lo, hi LIMIT 1
  WITH lo, hi, dusk, CASE // in years or months where they fit
    WHEN lo.ordinalDay = 1 AND hi.month = 12 AND hi.day = 31 THEN 4
    WHEN lo.day = 1 AND (hi + duration({days: 1})).day = 1 THEN 7
    ELSE 10
  END AS size
  RETURN collect([left(toString(lo), size), CASE hi WHEN dusk THEN '' ELSE left(toString(hi), size) END])[0] AS since
}
RETURN hub.name AS hub, actor.name AS actor, hub.id AS hub_id, actor.id AS actor_id,
  class, class_certain, CASE class WHEN class_certain THEN 'certain' ELSE 'possible' END AS certainty,
  directions[0][0] AS class_from_hub, directions[0][1] AS class_to_hub,
  CASE WHEN since[0] = since[1] THEN since[0] ELSE '[' + since[0] + '..' + since[1] + ']' END AS since,
  [x IN deciding | x.node.id] AS claims, citations, origins,
  [flag IN [
    CASE WHEN contested THEN 'contested' END,
    CASE WHEN any(x IN deciding WHERE x.node.status = 'disputed') THEN 'disputed' END,
    CASE WHEN any(x IN deciding WHERE x.node.status = 'needs_work') THEN 'needs work' END,
    CASE WHEN any(x IN deciding WHERE x.node.alleged) THEN 'alleged' END,
    CASE WHEN any(x IN deciding WHERE x.node.basis = 'inferred') THEN 'inferred' END,
    CASE WHEN any(x IN claims WHERE NOT x.dated AND x.part IN ['given', 'tie', 'absence', 'end']) THEN 'undated' END,
    CASE WHEN any(x IN claims WHERE x.refused) THEN 'refused' END,
    CASE WHEN ties = [] AND any(x IN claims WHERE x.part = 'words' AND x.dated AND
      coalesce(x.node.start_lo, dawn) <= until AND none(end IN claims WHERE end.part = 'end' AND
        end.node.status = 'accepted' AND NOT coalesce(end.node.date_uncertain, false) AND
        coalesce(end.node.start_lo > x.node.end_hi AND end.node.end_hi < opens, false)))
      THEN 'claimed, not acknowledged' END,
    CASE WHEN any(kinds IN coded WHERE size([kind IN kinds WHERE kind <> []]) IN [1, 2, 3, 4]) THEN 'partly coded' END,
    CASE WHEN years <> [] THEN 'rhetorical in part (' +
      reduce(text = years[0], year IN years[1..] | text + ', ' + year) + ')' END
  ] WHERE flag IS NOT NULL] AS flags,
  [x IN claims WHERE x.node.stage = 'promised' AND x.holds.may | x.node.support_type +
    CASE WHEN x.from_hub AND x.to_hub THEN ' both ways' WHEN x.from_hub THEN ' from hub' ELSE ' to hub' END] AS promised,
  [x IN claims WHERE x.node.stage = 'sought' AND x.holds.may | x.node.support_type +
    CASE WHEN x.from_hub AND x.to_hub THEN ' both ways' WHEN x.from_hub THEN ' from hub' ELSE ' to hub' END] AS sought
ORDER BY hub, CASE class
    WHEN 'rhetorical' THEN 0 WHEN 'searched, none found' THEN 1 WHEN 'material' THEN 2 WHEN 'not stated' THEN 3
    ELSE 4
  END, actor, actor_id

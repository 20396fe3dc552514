// Actors active in a window
//
// Which actors take part in something that happened in the window: words, support, ties, breaks, lineage or events,
// whether they act or are acted upon? What is said to have been absent does not count, nor does what has no date. An
// actor that is not listed is one of whom no text says so; it may have been active all the same.
//
// @param since date: first day of the window
// @param until date: last day of the window
// @param kind text[] = militant_group; umbrella; faction; cell: kinds of actors
// @param country text = null: only actors of this country
// @param certain flag = false: only what holds for certain
// @row actor: the actor
// @row actor_id: its id
// @row kind: what it is
// @row country: its countries
// @row certainty: certain when an accepted claim, and every other reading of it, holds in the window, else possible
// @row happenings: distinct happenings that possibly hold in the window
// @row certain_happenings: those that hold for certain
// @row first: the earliest of them as the source gives it; of the certain ones where there are any
// @row claims: ids of the claims, the certain ones first
// @key actor_id
// @show actor, certainty, happenings, certain_happenings, first, country
// @example since = 2014-01-01
// @example until = 2014-01-31
// @example certain = true
MATCH (actor:Actor)<-[:FROM|TO|INVOLVES]-(c:Claim)
WHERE actor.kind IN $kind AND ($country IS NULL OR $country IN actor.country) AND
  c.status <> 'rejected' AND coalesce(c.presence, 'present') = 'present' AND
  coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL AND
  (c.start_lo IS NULL OR c.start_lo <= date($until)) AND (c.end_hi IS NULL OR c.end_hi >= date($since))
WITH DISTINCT actor, c, c.status = 'accepted' AND NOT coalesce(c.alleged, false) AND NOT coalesce(c.date_uncertain, false)
  AND coalesce(c.start_hi <= date($until) AND c.end_lo >= date($since), false) AS holds
WITH actor, c, CASE
  WHEN c:Support OR c:Tie THEN coalesce(c.sure AND c.sure_start <= date($until) AND c.sure_end >= date($since), false)
  ELSE holds AND coalesce(c.sure, true) AND NOT EXISTS { // a reading that may lie elsewhere and is not less exact
    MATCH (r:Claim {occurrence: c.occurrence})
    WHERE r.status <> 'rejected' AND coalesce(r.start_lo, r.start_hi, r.end_lo, r.end_hi) IS NOT NULL AND
      NOT coalesce(r.start_hi <= date($until) AND r.end_lo >= date($since), false) AND
      NOT (coalesce(r.start_lo <= c.start_lo, r.start_lo IS NULL) AND coalesce(r.end_hi >= c.end_hi, r.end_hi IS NULL))
  }
END AS certain
WHERE certain OR NOT $certain
WITH actor, c, certain ORDER BY certain DESC, c.start_lo, c.end_hi, c.id
WITH actor, collect(c) AS claims, collect(CASE WHEN certain THEN coalesce(c.occurrence, c.id) END) AS sure,
  count(DISTINCT coalesce(c.occurrence, c.id)) AS happenings
RETURN actor.name AS actor, actor.id AS actor_id, actor.kind AS kind, actor.country AS country,
  CASE sure WHEN [] THEN 'possible' ELSE 'certain' END AS certainty, happenings,
  COUNT { UNWIND sure AS event RETURN DISTINCT event } AS certain_happenings,
  claims[0].date AS first, [c IN claims | c.id] AS claims
ORDER BY certainty, actor, actor_id

// Pledges to one recipient by year or month, over all works
//
// How many pledges to the recipient fall in each year, or month? Rows are claims, events are happenings: readings of
// one happening count once, and one that is less exact than another widens nothing. What its dates leave open counts
// as possible in each period it may fall in, and once more in the last row, which has no period. Zero says that no
// text tells of a pledge, not that there was none.
//
// @param recipient actor = islamic-state: who received the pledges
// @param act act[] = pledge; renew; not_stated: the words that count
// @param monthly flag = false: months instead of years
// @row period: the year, or the month as YYYY-MM; empty for what the dates leave open
// @row rows: claims whose date lies within it
// @row events: distinct happenings that lie within it
// @row possible: distinct happenings that may lie within it besides
// @key period
MATCH (:Actor {id: $recipient})<-[:TO]-(c:Pledge)
WHERE c.status <> 'rejected' AND c.act IN $act
WITH coalesce(c.occurrence, c.id) AS event, CASE WHEN $monthly THEN 'month' ELSE 'year' END AS unit, collect({
  lo: coalesce(c.start_lo, date('0001-01-01')), hi: coalesce(c.end_hi, date('9999-12-31'))
}) AS readings
WITH event, unit, readings, [r IN readings WHERE
  none(o IN readings WHERE o.lo >= r.lo AND o.hi <= r.hi AND (o.lo > r.lo OR o.hi < r.hi))] AS finest
WITH unit, {
  readings: readings,
  lo: coll.min([r IN finest | r.lo]),
  hi: coll.max([r IN finest | r.hi])
} AS event
WITH unit, collect(event) AS events
WITH *, [e IN events WHERE date.truncate(unit, e.lo) = date.truncate(unit, e.hi) | date.truncate(unit, e.lo)] AS known
CALL (known) { UNWIND known AS period RETURN min(period) AS first, max(period) AS last }
WITH *, duration(CASE unit WHEN 'year' THEN {years: 1} ELSE {months: 1} END) AS one,
  coalesce(CASE unit WHEN 'year' THEN last.year - first.year ELSE duration.between(first, last).months END, -1) AS more
UNWIND [i IN range(0, more) | first + one * i] +
  CASE WHEN size(known) < size(events) THEN [null] ELSE [] END AS period
WITH unit, events, period, CASE WHEN period IS NOT NULL THEN period + one - duration({days: 1}) END AS over
RETURN left(toString(period), CASE unit WHEN 'year' THEN 4 ELSE 7 END) AS period,
  reduce(sum = 0, e IN events | sum + size([r IN e.readings WHERE CASE
    WHEN period IS NULL THEN date.truncate(unit, r.lo) <> date.truncate(unit, r.hi)
    ELSE r.lo >= period AND r.hi <= over
  END])) AS rows,
  size([e IN events WHERE CASE
    WHEN period IS NULL THEN date.truncate(unit, e.lo) <> date.truncate(unit, e.hi)
    ELSE e.lo >= period AND e.hi <= over
  END]) AS events,
  size([e IN events WHERE e.lo <= over AND e.hi >= period AND NOT (e.lo >= period AND e.hi <= over)]) AS possible
ORDER BY period

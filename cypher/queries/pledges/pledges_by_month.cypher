// Pledges to one recipient by month, as one table lists them
//
// How many pledges to the recipient does one table of one work list in each month, from its first month to its
// last? Only claims that cite that table count, so that pledges told in prose do not mix in. Two printed rows of
// one happening are two rows and one event. A row whose month is not known comes last, without a month.
//
// @param recipient actor = islamic-state: who received the pledges
// @param work source = plapinger-potter: the work that holds the table
// @param locator text = Table 1: where in the work, as its evidence gives it
// @row month: the month, as YYYY-MM
// @row rows: rows of the table
// @row events: distinct happenings among them
// @key month
MATCH (:Actor {id: $recipient})<-[:TO]-(c:Pledge)
WHERE c.status <> 'rejected' AND EXISTS {
  MATCH (c)-[cites:CITES]->(:Evidence)-[found:FOUND_IN]->(:Source {id: $work})
  WHERE cites.stance = 'supports' AND found.locator = $locator
}
WITH c, coalesce(c.occurrence, c.id) AS event,
  CASE WHEN left(toString(c.start_lo), 7) = left(toString(c.end_hi), 7)
    THEN date.truncate('month', c.start_lo)
  END AS month
WITH collect({month: month, event: event}) AS pledges, min(month) AS first, max(month) AS last
WITH pledges, first, coalesce(duration.between(first, last).months, -1) AS more
UNWIND [i IN range(0, more) | first + duration({months: i})] +
  CASE WHEN any(p IN pledges WHERE p.month IS NULL) THEN [null] ELSE [] END AS month
WITH month, [p IN pledges WHERE coalesce(p.month = month, p.month IS NULL AND month IS NULL)] AS listed
RETURN left(toString(month), 7) AS month,
  size(listed) AS rows,
  size(coll.distinct([p IN listed | p.event])) AS events
ORDER BY month

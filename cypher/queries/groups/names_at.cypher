// Names that an actor bore on a day
//
// Which names did this actor bear on this day, and how sure is that? A name without dates is listed as undated;
// without a day, every name is listed. Readings of one renaming that disagree make a name possible, not certain.
//
// @param actor actor: id of the actor
// @param on date = null: the day; none lists the names of all times
// @row name: the name
// @row name_type: primary, former, alias, acronym, translation, transliteration or as_printed
// @row certainty: certain, possible or undated; empty when no day is given
// @row valid: when it was borne, each reading as the source gives it
// @row lang: its language or languages
// @row names: ids of the rows that say so
// @row citations: passages that support it
// @row origins: independent origins among them
// @key name, name_type
// @show name, name_type, certainty, valid, citations
// @example actor = ansar-bayt-al-maqdis
// @example on = 2015-07-01
MATCH (:Actor {id: $actor})<-[:OF]-(n:Name)
OPTIONAL MATCH (n)-[cites:CITES]->(e:Evidence)
WHERE cites.stance = 'supports'
WITH n, count(DISTINCT e) AS citations, collect(DISTINCT e.origin) AS origins,
  date($on) AS day,
  coalesce(n.start_lo, n.start_hi, n.end_lo, n.end_hi) IS NULL AS undated
WITH n, citations, origins, day, undated,
  NOT undated AND (n.start_lo IS NULL OR n.start_lo <= day) AND (n.end_hi IS NULL OR n.end_hi >= day) AS possible,
  coalesce(n.start_hi <= day AND n.end_lo >= day AND NOT coalesce(n.date_uncertain, false), false) AS certain
ORDER BY n.start_lo, n.id
WITH n.name AS name, n.name_type AS name_type, day, collect({
  id: n.id, valid: n.valid, lang: n.lang, citations: citations, origins: origins, undated: undated,
  possible: possible, certain: certain, event: coalesce(n.occurrence, n.id),
  lo: coalesce(n.start_lo, date('0001-01-01')), hi: coalesce(n.end_hi, date('9999-12-31'))
}) AS readings
WITH name, name_type, day, readings, [r IN readings WHERE NOT r.undated] AS dated
WITH *, [r IN dated WHERE none(o IN dated WHERE o.event = r.event AND // without those that are only less exact
  o.lo >= r.lo AND o.hi <= r.hi AND (o.lo > r.lo OR o.hi < r.hi))] AS finest
WHERE day IS NULL OR size(dated) = 0 OR any(r IN dated WHERE r.possible)
RETURN name, name_type,
  CASE
    WHEN day IS NULL THEN null
    WHEN size(dated) = 0 THEN 'undated'
    WHEN any(r IN finest WHERE r.certain AND all(o IN finest WHERE // of the same renaming or the same time
      o.certain OR o.event <> r.event AND (o.lo > r.hi OR o.hi < r.lo))) THEN 'certain'
    ELSE 'possible'
  END AS certainty,
  coll.distinct([r IN readings WHERE r.valid IS NOT NULL | r.valid]) AS valid,
  coll.distinct([r IN readings WHERE r.lang IS NOT NULL | r.lang]) AS lang,
  [r IN readings | r.id] AS names,
  reduce(sum = 0, r IN readings | sum + r.citations) AS citations,
  size(coll.distinct(coll.flatten([r IN readings | r.origins]))) AS origins
ORDER BY certainty, name, name_type

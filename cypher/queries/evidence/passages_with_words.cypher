// Passages with these words
//
// Which passages have all of these words, each in the quotation, the summary or the note, in the title of a work it
// comes from, in the title or note of a claim that rests on it, or in a name of an actor that the claim is about?
// The best come first, as many as `limit` says; as many rows as that mean that there may be more. All passages that say
// every word themselves are found; of works, claims and names the 200 best are looked at, and for each word and place
// the best passages up to `reach`. A word of four letters or more also finds longer ones that begin as it does; no
// character in it means anything to the search. Only the first and last words of a quotation are known where no full
// texts were loaded, so a word that is not found may still stand in one.
//
// @param words text: words, with spaces between them
// @param actor actor = null: of these, only passages cited by a claim or name of this actor; none takes all
// @param limit integer = 200: how many passages to list
// @param reach integer = 1000: how many passages of a word in each place to look at
// @row where: where the words stand, as far as looked at: passage, work, claim or name
// @row quotation: the words where whole texts were loaded, else the first and last; empty for a paraphrase
// @row summary: what the passage shows, in our own words
// @row speaker: who says it
// @row said_on: when it was said
// @row found_in: the work in which it was read
// @row found_in_id: id of that work
// @row locator: where it stands there
// @row line: line of the text file
// @row evidence: id of the passage
// @row claims: ids of the claims that the passage supports or contradicts
// @row disputed: those of them that are disputed
// @row origins: independent origins of these claims
// @key evidence
// @show line, summary, quotation, speaker, found_in_id
// @example words = Harmony Yemen
WITH [word IN coll.distinct(split(trim($words), ' ')) WHERE word =~ '.*[\\p{L}\\p{N}].*' |
  '"' + replace(replace(word, '\\', '\\\\'), '"', '\\"') + '"' +
  CASE WHEN word =~ '[\\p{L}\\p{N}]{4,}' THEN '^3 OR ' + toLower(word) + '*' ELSE '' END] AS phrases
WHERE phrases <> []
WITH phrases, reduce(together = '', phrase IN phrases | together + ' +(' + phrase + ')') AS together
CALL (phrases, together) {
  CALL db.index.fulltext.queryNodes('evidence_words', together) YIELD node, score
  RETURN node AS e, score, [['passage']] AS places
  UNION ALL
  UNWIND phrases AS phrase
  CALL (phrase) {
    CALL (phrase) {
      CALL db.index.fulltext.queryNodes('evidence_words', phrase, {limit: $reach}) YIELD node, score
      RETURN node AS e, score, 'passage' AS place
      UNION ALL
      CALL db.index.fulltext.queryNodes('source_words', phrase, {limit: 200}) YIELD node, score
      MATCH (node)<-[:FOUND_IN|QUOTES|RELIES_ON]-(e:Evidence)
      RETURN DISTINCT e, score / 4 AS score, 'work' AS place LIMIT $reach
      UNION ALL
      CALL db.index.fulltext.queryNodes('claim_words', phrase, {limit: 200}) YIELD node, score
      MATCH (node)-[:CITES]->(e:Evidence)
      WHERE node.status <> 'rejected'
      RETURN DISTINCT e, score / 2 AS score, 'claim' AS place LIMIT $reach
      UNION ALL
      CALL db.index.fulltext.queryNodes('actor_names', phrase, {limit: 200}) YIELD node, score
      MATCH (node)-[:OF|SAME_AS]->{0,1}(a:Actor)
      WITH a, max(score) / 2 AS score ORDER BY score DESC
      CALL (a) {
        MATCH (a)<-[:SPOKEN_BY]-(e:Evidence)
        RETURN e
        UNION ALL
        MATCH (a)<-[:FROM|TO|INVOLVES|ABOUT|OF]-(r)-[:CITES]->(e:Evidence)
        WHERE coalesce(r.status, '') <> 'rejected'
        RETURN e
      }
      RETURN DISTINCT e, score, 'name' AS place LIMIT $reach
    }
    RETURN e, max(score) AS score, collect(place) AS places
  }
  WITH phrases, e, count(*) AS has, sum(score) AS score, collect(places) AS places
  WHERE has = size(phrases)
  RETURN e, score, places
}
WITH e, max(score) AS score, coll.flatten(collect(places), 2) AS places
WHERE $actor IS NULL OR EXISTS {
  (e)<-[:CITES]-(r)-[:FROM|TO|INVOLVES|ABOUT|OF]->(:Actor {id: $actor}) WHERE coalesce(r.status, '') <> 'rejected'
}
WITH e, score, places ORDER BY score DESC, e.id LIMIT $limit
MATCH (e)-[found:FOUND_IN]->(work:Source)
OPTIONAL MATCH (e)-[:SPOKEN_BY]->(speaker:Actor)
WITH e, score, places, found, work, speaker, COLLECT {
  MATCH (e)<-[cites:CITES]-(c:Claim)
  WHERE cites.stance <> 'context' AND c.status <> 'rejected'
  RETURN DISTINCT c ORDER BY c.id
} AS claims
RETURN [place IN ['passage', 'work', 'claim', 'name'] WHERE place IN places] AS where,
  coalesce(e.words, e.quote_start + coalesce(' … ' + e.quote_end, '')) AS quotation, e.summary AS summary,
  coalesce(speaker.name, e.speaker_text) AS speaker, e.said_on AS said_on,
  work.title AS found_in, work.id AS found_in_id,
  trim(coalesce(found.locator_label + ' ', '') + coalesce(found.locator, '')) AS locator, found.line AS line,
  e.id AS evidence, [c IN claims | c.id] AS claims, [c IN claims WHERE c.status = 'disputed' | c.id] AS disputed,
  COUNT {
    UNWIND claims AS c
    MATCH (c)-[:CITES {stance: 'supports'}]->(x:Evidence)
    RETURN DISTINCT x.origin
  } AS origins
ORDER BY score DESC, evidence

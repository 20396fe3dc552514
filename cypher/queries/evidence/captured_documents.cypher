// Quotations from captured documents, and whose they are
//
// Which words come from captured documents: who wrote or spoke them, in which document of which archive, when, and
// where were they read? A document without a number is shown by its title.
//
// @param archive text[] = Harmony Program: archives that hold captured documents
// @param actor actor = null: only claims or words of this actor; none takes all
// @param paraphrases flag = false: also passages that tell what a document says without quoting it
// @row document: number of the document in its archive, else its title
// @row whose: who wrote or spoke the words, as far as the text says
// @row whose_id: id of that actor; empty when it is told in words only
// @row said_on: when
// @row quotation: the words where whole texts were loaded, else the first and last; empty for a paraphrase
// @row words: number of words quoted
// @row summary: what the passage shows, in our own words
// @row found_in: the work in which it was read
// @row found_in_id: id of that work
// @row locator: where it stands there
// @row line: line of the text file
// @row archive: the archive
// @row document_id: id of the document
// @row document_locator: page or number there, as printed
// @row evidence: id of the passage
// @row claims: ids of the claims that the passage supports or contradicts
// @row disputed: those of them that are disputed
// @row origins: independent origins of these claims
// @key document_id, evidence
// @show document, whose, quotation, line, found_in_id
// @example archive = Harmony Program
CALL () { // the words and the claims of the actor, or all that is quoted from the documents
  MATCH (:Actor {id: $actor})<-[:SPOKEN_BY]-(e:Evidence)
  RETURN e
  UNION
  MATCH (:Actor {id: $actor})<-[:FROM|TO|INVOLVES]-(c:Claim)-[cites:CITES]->(e:Evidence)
  WHERE cites.stance <> 'context' AND c.status <> 'rejected'
  RETURN e
  UNION
  MATCH (document:Source)<-[:QUOTES|RELIES_ON]-(e:Evidence)
  WHERE $actor IS NULL AND document.archive IN $archive
  RETURN e
}
MATCH (document:Source)<-[quoted:QUOTES|RELIES_ON]-(e)-[found:FOUND_IN]->(work:Source)
WHERE document.archive IN $archive AND (e.quote_start IS NOT NULL OR $paraphrases)
WITH document, e, found, work, collect(quoted.locator)[0] AS document_locator
OPTIONAL MATCH (e)-[:SPOKEN_BY]->(speaker:Actor)
OPTIONAL MATCH (e)<-[cites:CITES]-(c:Claim)
WHERE cites.stance <> 'context' AND c.status <> 'rejected'
WITH document, e, found, work, document_locator, speaker, collect(DISTINCT c) AS claims
RETURN coalesce(document.archive_location, document.title) AS document,
  coalesce(speaker.name, e.speaker_text, document.author[0]) AS whose, speaker.id AS whose_id, e.said_on AS said_on,
  coalesce(e.words, e.quote_start + coalesce(' … ' + e.quote_end, '')) AS quotation,
  e.quote_words AS words, e.summary AS summary,
  work.title AS found_in, work.id AS found_in_id,
  trim(coalesce(found.locator_label + ' ', '') + coalesce(found.locator, '')) AS locator, found.line AS line,
  document.archive AS archive, document.id AS document_id, document_locator,
  e.id AS evidence, COLLECT { UNWIND claims AS c RETURN c.id ORDER BY c.id } AS claims,
  [c IN claims WHERE c.status = 'disputed' | c.id] AS disputed,
  COUNT {
    UNWIND claims AS c
    MATCH (c)-[:CITES {stance: 'supports'}]->(x:Evidence)
    RETURN DISTINCT x.origin
  } AS origins
ORDER BY document, found_in_id, line, evidence

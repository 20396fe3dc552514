// Passages from an archive or a document
//
// Which passages go back to documents of this archive, or to the document of this number: quoted from it or resting
// on it, who speaks, and which claims rest on them? Without either, all documents of all archives are listed. A
// document of which no passage is known is not.
//
// @param archive text = null: a part of the archive's name
// @param document text = null: a part of the document's number in its archive, or of its title
// @row archive: the archive
// @row document: number of the document in its archive, else its title
// @row document_id: id of the document
// @row document_locator: page or number there, as printed
// @row use: quoted, or paraphrased
// @row speaker: who speaks, as far as the text says
// @row said_on: when
// @row quotation: the words where whole texts were loaded, else the first and last; empty for a paraphrase
// @row summary: what the passage shows, in our own words
// @row found_in: the work in which it was read
// @row found_in_id: id of that work
// @row locator: where it stands there
// @row line: line of the text file
// @row evidence: id of the passage
// @row claims: ids of the claims that the passage supports or contradicts
// @row disputed: those of them that are disputed
// @row origins: independent origins of these claims
// @key document_id, evidence
// @group document
// @show use, quotation, summary, speaker, line, found_in_id
// @example document = SOCOM-2012-0000016
MATCH (document:Source)
WHERE (document.archive IS NOT NULL OR document.archive_location IS NOT NULL) AND
  ($archive IS NULL OR toLower(coalesce(document.archive, '')) CONTAINS toLower($archive)) AND
  ($document IS NULL OR toLower(coalesce(document.archive_location, '')) CONTAINS toLower($document) OR
    toLower(document.title) CONTAINS toLower($document))
MATCH (document)<-[cited:QUOTES|RELIES_ON]-(e:Evidence)-[found:FOUND_IN]->(work:Source)
WITH document, e, found, work, collect(cited.locator)[0] AS document_locator
OPTIONAL MATCH (e)-[:SPOKEN_BY]->(speaker:Actor)
WITH document, e, found, work, document_locator, speaker, COLLECT {
  MATCH (e)<-[cites:CITES]-(c:Claim)
  WHERE cites.stance <> 'context' AND c.status <> 'rejected'
  RETURN DISTINCT c ORDER BY c.id
} AS claims
RETURN document.archive AS archive, coalesce(document.archive_location, document.title) AS document,
  document.id AS document_id, document_locator,
  CASE WHEN e.quote_start IS NULL THEN 'paraphrased' ELSE 'quoted' END AS use,
  coalesce(speaker.name, e.speaker_text, document.author[0]) AS speaker, e.said_on AS said_on,
  coalesce(e.words, e.quote_start + coalesce(' … ' + e.quote_end, '')) AS quotation, e.summary AS summary,
  work.title AS found_in, work.id AS found_in_id,
  trim(coalesce(found.locator_label + ' ', '') + coalesce(found.locator, '')) AS locator, found.line AS line,
  e.id AS evidence, [c IN claims | c.id] AS claims, [c IN claims WHERE c.status = 'disputed' | c.id] AS disputed,
  COUNT {
    UNWIND claims AS c
    MATCH (c)-[:CITES {stance: 'supports'}]->(x:Evidence)
    RETURN DISTINCT x.origin
  } AS origins
ORDER BY archive, document, document_id, found_in_id, line, evidence

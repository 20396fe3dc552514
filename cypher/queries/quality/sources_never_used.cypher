// Sources that nothing uses
//
// Which works does no evidence, concept, finding or other work point at?
//
// @row source: id of the work
// @row title: its title
// @empty a work that nothing uses does not belong here
// @key source
// @show source, title
MATCH (s:Source)
WHERE NOT EXISTS { (s)<-[:FOUND_IN|QUOTES|RELIES_ON|REPEATS|REFERS_TO|DEFINED_IN|REPORTED_IN]-() }
  AND NOT EXISTS { (s)-[:REPEATS|REFERS_TO]->() }
RETURN s.id AS source, s.title AS title
ORDER BY source

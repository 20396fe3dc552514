// Records judged the same: actors that count as another are found by their id and by their names.
CREATE CONSTRAINT duplicate_id IF NOT EXISTS FOR (n:Duplicate) REQUIRE n.id IS UNIQUE;
CREATE INDEX claim_recorded_occurrence IF NOT EXISTS FOR (n:Claim) ON (n.recorded_occurrence);
DROP INDEX actor_names IF EXISTS;
CREATE FULLTEXT INDEX actor_names IF NOT EXISTS FOR (n:Actor|Name|Duplicate) ON EACH [n.name];
// The type of the relationship is known from here on, so that no query is told that there is none.
CREATE (n:Duplicate)-[r:SAME_AS]->(n) DELETE r, n;

// Where queries start from when not from an id.
CREATE INDEX claim_occurrence IF NOT EXISTS FOR (n:Claim) ON (n.occurrence);
CREATE INDEX claim_start IF NOT EXISTS FOR (n:Claim) ON (n.start_lo);
CREATE INDEX claim_open IF NOT EXISTS FOR (n:Claim) ON (n.end_open);
CREATE INDEX pledge_start IF NOT EXISTS FOR (n:Pledge) ON (n.start_lo);
CREATE INDEX support_start IF NOT EXISTS FOR (n:Support) ON (n.start_lo);
CREATE INDEX support_type IF NOT EXISTS FOR (n:Support) ON (n.support_type);
CREATE INDEX name_text IF NOT EXISTS FOR (n:Name) ON (n.name);
CREATE INDEX actor_name IF NOT EXISTS FOR (n:Actor) ON (n.name);
CREATE INDEX load_time IF NOT EXISTS FOR (n:Load) ON (n.loaded_at);
CREATE INDEX change_record IF NOT EXISTS FOR (n:Change) ON (n.record);
CREATE FULLTEXT INDEX actor_names IF NOT EXISTS FOR (n:Actor|Name) ON EACH [n.name];
CREATE FULLTEXT INDEX evidence_words IF NOT EXISTS FOR (n:Evidence) ON EACH [n.summary, n.quote_start, n.quote_end, n.note, n.speaker_text, n.words];
CREATE FULLTEXT INDEX source_words IF NOT EXISTS FOR (n:Source) ON EACH [n.title, n.author, n.container_title, n.archive_location];
CREATE FULLTEXT INDEX claim_words IF NOT EXISTS FOR (n:Claim) ON EACH [n.title, n.note, n.name_as_printed, n.trigger];

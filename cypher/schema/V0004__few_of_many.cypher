// What is promised, alleged or doubted is a small part of all claims, which is asked for on its own.
CREATE INDEX support_stage IF NOT EXISTS FOR (n:Support) ON (n.stage);
CREATE INDEX support_alleged IF NOT EXISTS FOR (n:Support) ON (n.alleged);
CREATE INDEX claim_status IF NOT EXISTS FOR (n:Claim) ON (n.status);

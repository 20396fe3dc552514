// What is promised, alleged, doubted or refused is a small part of all claims, and is asked for on its own.
CREATE INDEX support_stage IF NOT EXISTS FOR (n:Support) ON (n.stage);
CREATE INDEX support_alleged IF NOT EXISTS FOR (n:Support) ON (n.alleged);
CREATE INDEX pledge_act IF NOT EXISTS FOR (n:Pledge) ON (n.act);
CREATE INDEX claim_status IF NOT EXISTS FOR (n:Claim) ON (n.status);

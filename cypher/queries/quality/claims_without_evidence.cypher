// Claims without evidence
//
// Which claims does no passage support? Every claim of a finished book has at least one.
//
// @row claim: id of the claim
// @row kind: table of the claim
// @row status: accepted, disputed, rejected or needs_work
// @row coder: who coded it
// @empty a claim without its passage proves nothing
// @key claim
// @show claim, kind, status, coder
MATCH (c:Claim)
WHERE NOT EXISTS { (c)-[cites:CITES]->(:Evidence) WHERE cites.stance = 'supports' }
RETURN c.id AS claim, [label IN labels(c) WHERE label <> 'Claim'][0] AS kind, c.status AS status, c.coder AS coder
ORDER BY claim

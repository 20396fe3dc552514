// Triads: how an actor stands to the enemies of its enemies
//
// Who are the enemies of this actor's enemies, and does any text tell of a cooperative or a hostile tie between it
// and them? Enemies are those with a rivalry or a clash in the window; cooperation is a pledge in force, an alliance,
// affiliation, association or host, or support of the five kinds. `not stated` is silence of the texts. The two
// enmities and the tie need not stand on the same day, so keep the window short. Ties without a date are left out
// when a window is given. Persons are left out.
//
// @param actor actor: whose enemies
// @param since date = null: first day of the window; none leaves it open
// @param until date = null: last day of the window; none leaves it open
// @row enemy: the enemy of both
// @row enemy_id: its id
// @row third: the enemy's enemy
// @row third_id: its id
// @row relation: cooperative, hostile, cooperative and hostile, or not stated
// @row certainty: certain when both enmities and, if one is stated, the relation are sure in the window, else possible
// @row ties: the ties between the actor and the third, each with its date
// @row disputed: claims of the triad that are disputed, need work or are only alleged
// @row claims: ids of the claims, those of the enmities first
// @row citations: passages that support them
// @row origins: independent origins among them
// @row path: the way from the actor over the enemy to the third, by the earliest claim of each
// @key enemy_id, third_id
// @group enemy
// @show third, relation, certainty, ties, citations
// @example actor = jabhat-al-nusra
// @example since = 2014-01-01
// @example until = 2014-12-31
MATCH (actor:Actor {id: $actor})
CALL (actor) {
  MATCH (actor)<-[:FROM|TO]-(c:Tie {presence: 'present'})-[:FROM|TO]->(enemy:Actor)
  WHERE c.tie_type IN ['rivalry', 'clash'] AND c.status <> 'rejected' AND NOT enemy:Person AND
    coalesce(c.start_lo <= date($until), true) AND coalesce(c.end_hi >= date($since), true) AND
    ($since IS NULL AND $until IS NULL OR coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL)
  WITH enemy, c ORDER BY c.start_lo, c.id
  RETURN enemy, collect(c) AS first
}
CALL (enemy) {
  MATCH (enemy)<-[:FROM|TO]-(c:Tie {presence: 'present'})-[:FROM|TO]->(third:Actor)
  WHERE c.tie_type IN ['rivalry', 'clash'] AND c.status <> 'rejected' AND NOT third:Person AND
    coalesce(c.start_lo <= date($until), true) AND coalesce(c.end_hi >= date($since), true) AND
    ($since IS NULL AND $until IS NULL OR coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL)
  WITH third, c ORDER BY c.start_lo, c.id
  RETURN third, collect(c) AS second
}
WITH * WHERE third <> actor
CALL (actor, third) {
  WITH CASE // the end with fewer claims first: a hub has thousands
    WHEN COUNT { (actor)<-[:FROM|TO]-() } < COUNT { (third)<-[:FROM|TO]-() } THEN [actor, third]
    ELSE [third, actor]
  END AS ends
  WITH ends[0] AS near, ends[1] AS far
  MATCH (near)<-[:FROM|TO]-(c:Pledge|Support|Tie)-[:FROM|TO]->(x:Actor)
  WHERE x = far AND CASE
      WHEN c:Tie THEN c.presence = 'present' AND
        c.tie_type IN ['rivalry', 'clash', 'alliance', 'affiliation', 'association', 'host']
      WHEN c:Support THEN c.presence = 'present' AND c.stage = 'given' AND
        c.support_type IN ['operational', 'material', 'territorial', 'training', 'financial', 'unspecified']
      ELSE c.sure IS NOT NULL AND coalesce(c.force, '') <> 'refused' // an opening act
    END AND
    c.status <> 'rejected' AND coalesce(c.start_lo <= date($until), true) AND
    coalesce(CASE WHEN c.force IS NULL THEN c.end_hi ELSE c.force_end_hi END >= date($since), true) AND
    ($since IS NULL AND $until IS NULL OR coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL)
  WITH c ORDER BY c.start_lo, c.id
  RETURN collect(c) AS own
}
WITH *, first + second + own AS claims,
  [c IN own WHERE NOT coalesce(c.tie_type, '') IN ['rivalry', 'clash']] AS friendly,
  [c IN own WHERE c.tie_type IN ['rivalry', 'clash']] AS hostile, first[0] AS one, second[0] AS two
MATCH path = (actor)<-[:FROM|TO]-(one)-[:FROM|TO]->(enemy)<-[:FROM|TO]-(two)-[:FROM|TO]->(third)
CALL (claims) {
  UNWIND claims AS c
  MATCH (c)-[:CITES {stance: 'supports'}]->(e:Evidence)
  RETURN count(DISTINCT e) AS citations, count(DISTINCT e.origin) AS origins
}
RETURN enemy.name AS enemy, enemy.id AS enemy_id, third.name AS third, third.id AS third_id,
  CASE
    WHEN friendly <> [] AND hostile <> [] THEN 'cooperative and hostile'
    WHEN friendly <> [] THEN 'cooperative'
    WHEN hostile <> [] THEN 'hostile'
    ELSE 'not stated'
  END AS relation,
  CASE WHEN all(side IN [first, second, friendly, hostile] WHERE side = [] OR any(c IN side WHERE c.sure AND
    coalesce(c.sure_start <= date($until), $until IS NULL) AND
    coalesce(c.sure_end >= date($since), $since IS NULL))) THEN 'certain' ELSE 'possible' END AS certainty,
  coll.distinct([c IN own | coalesce('pledge (' + c.act + ')', c.tie_type, c.support_type + ' support') +
    coalesce(' ' + c.date, '') + CASE c.status WHEN 'accepted' THEN '' ELSE ' (' + c.status + ')' END]) AS ties,
  size([c IN claims WHERE c.status <> 'accepted' OR c.alleged]) AS disputed, [c IN claims | c.id] AS claims,
  citations, origins, path
ORDER BY enemy, enemy_id, relation, third, third_id

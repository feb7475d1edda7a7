RETURN 1
---
RETURN 1;
---
RETURN 1; RETURN 2
---
RETURN 1;; RETURN 2;
---
// which states are members?
MATCH (s:State) RETURN s.name
---
/* a block
   comment */ RETURN /* inside */ 1 // and at the end
---
RETURN 1 /**/ + /***/ 2 /* ** / */
---
match (s:State) return s.name order by s.name
---
mAtCh (s) ReTuRn DiStInCt s
---
MATCH (n) RETURN *
---
MATCH (n) RETURN *, n.name AS name
---
MATCH (n) RETURN DISTINCT *
---
MATCH () RETURN count(*)
---
MATCH (:State) RETURN count(*)
---
MATCH (:State {code: 'BN'}) RETURN true
---
MATCH ({code: 'BN'}) RETURN true
---
MATCH (s {}) RETURN s
---
MATCH (s:State {code: $code, since: 1984}) RETURN s
---
CREATE (s:State $properties)
---
CREATE (s $properties)
---
MATCH (s:State:Member) RETURN s
---
MATCH (s : State : Member { name : 'Laos' }) RETURN s
---
MATCH (s:State|Observer) RETURN s
---
MATCH (s:State&Member) RETURN s
---
MATCH (s:!Observer) RETURN s
---
MATCH (s:!!Observer) RETURN s
---
MATCH (s:%) RETURN s
---
MATCH (s:!%) RETURN s
---
MATCH (s:(State|Observer)&!Suspended) RETURN s
---
MATCH (s:((State))) RETURN s
---
MATCH (s:State WHERE s.joined < 1990) RETURN s
---
MATCH (s WHERE s.joined < 1990 AND s.code <> 'MM') RETURN s
---
MATCH (s:State {code: 'ID'} WHERE s.joined = 1967) RETURN s
---
MATCH (WHERE true) RETURN 1
---
MATCH (a)-->(b) RETURN a
---
MATCH (a)<--(b) RETURN a
---
MATCH (a)--(b) RETURN a
---
MATCH (a)<-->(b) RETURN a
---
MATCH (a) - - > (b) RETURN a
---
MATCH (a) < - - (b) RETURN a
---
MATCH (a)-[]->(b) RETURN a
---
MATCH (a)<-[]-(b) RETURN a
---
MATCH (a)-[]-(b) RETURN a
---
MATCH (a)<-[r]->(b) RETURN r
---
MATCH (a)-[r:CHAIRED]->(b) RETURN r
---
MATCH (a)-[:CHAIRED|HOSTED]->(b) RETURN a
---
MATCH (a)-[:CHAIRED|:HOSTED|ATTENDED]->(b) RETURN a
---
MATCH (a)-[:CHAIRED|(HOSTED&!ATTENDED)]->(b) RETURN a
---
MATCH (a)-[:!CHAIRED]->(b) RETURN a
---
MATCH (a)-[:%]->(b) RETURN a
---
MATCH (a)-[r:CHAIRED {year: 2024}]->(b) RETURN r
---
MATCH (a)-[r:CHAIRED $filter]->(b) RETURN r
---
MATCH (a)-[r:CHAIRED WHERE r.year > 2000]->(b) RETURN r
---
MATCH (a)-[WHERE true]->(b) RETURN a
---
MATCH (a)-[*]->(b) RETURN a
---
MATCH (a)-[*2]->(b) RETURN a
---
MATCH (a)-[*1..3]->(b) RETURN a
---
MATCH (a)-[*..3]->(b) RETURN a
---
MATCH (a)-[*1..]->(b) RETURN a
---
MATCH (a)-[*..]->(b) RETURN a
---
MATCH (a)-[* 1 .. 3]->(b) RETURN a
---
MATCH (a)-[*0x1..0o7]->(b) RETURN a
---
MATCH (a)-[r*]->(b) RETURN r
---
MATCH (a)-[r:REPORTS_TO*1..5 {active: true}]->(b) RETURN r
---
MATCH (a)-[:REPORTS_TO|ADVISES*]-(b) RETURN b
---
MATCH p = (a)-[:REPORTS_TO*]->(b) RETURN length(p)
---
MATCH p = (a) RETURN p
---
MATCH p = ((a)-->(b)) RETURN p
---
MATCH (((a)-->(b))), ((c)) RETURN a
---
MATCH p = (a)-->(b), q = (b)<--(c), (d) RETURN p, q, d
---
MATCH (a)-->(b)<--(c)--(d) RETURN a
---
MATCH p = shortestPath((a)-[*]-(b)) RETURN p
---
MATCH p = SHORTESTPATH((a:State {code: 'TH'})-[:NEIGHBOUR*..6]-(b)) RETURN p
---
MATCH allShortestPaths((a)-[*]-(b)) RETURN a
---
MATCH (a), (b) RETURN shortestPath((a)-[*]-(b)) AS p
---
OPTIONAL MATCH (s:State) RETURN s
---
MATCH (s) OPTIONAL MATCH (s)-->(t) WHERE t.name = 'x' RETURN s, t
---
MATCH (s) WHERE s.name = 'Laos' RETURN s
---
MATCH (s) WHERE (s) RETURN s
---
MATCH (s:State) WITH s RETURN s
---
MATCH (s:State) WITH s.name AS name, count(*) AS n WHERE n > 1 RETURN name
---
MATCH (s) WITH DISTINCT s ORDER BY s.name SKIP 1 LIMIT 2 WHERE s.ok RETURN s
---
WITH 1 AS x, 2 AS y WITH * RETURN x + y
---
WITH *, 1 AS one RETURN one
---
MATCH (s) RETURN s ORDER BY s.name ASC, s.code DESC, s.joined ASCENDING, s.area DESCENDING
---
MATCH (s) RETURN s SKIP $skip LIMIT $limit
---
MATCH (s) RETURN s LIMIT 1 + 2 * 3
---
MATCH (s) RETURN s SKIP toInteger(rand() * 9)
---
UNWIND [1, 2, 3] AS x RETURN x
---
UNWIND $rows AS row CREATE (n:State) SET n = row
---
UNWIND [[1], [2, 3]] AS xs UNWIND xs AS x RETURN x
---
RETURN 1 AS x UNION RETURN 2 AS x
---
RETURN 1 AS x UNION ALL RETURN 2 AS x UNION ALL RETURN 3 AS x
---
MATCH (a) RETURN a.name AS n ORDER BY n LIMIT 1 UNION MATCH (b) RETURN b.name AS n
---
CREATE ()
---
CREATE (a), (b)
---
CREATE (a:State {name: 'Timor-Leste'})-[:OBSERVES {since: 2002}]->(b:Body)
---
CREATE p = (a)-[:T]->(b) RETURN p
---
CREATE (a) CREATE (b) RETURN a, b
---
CREATE (a) WITH a MATCH (b) RETURN a, b
---
MATCH (a) CREATE (a)-[:KNOWS]->(b) SET b.x = 1 REMOVE a.y DELETE a
---
MATCH (a), (b) CREATE (a)-[r:T]->(b)
---
MERGE (s:State {code: 'VN'})
---
MERGE (s:State {code: 'VN'}) ON CREATE SET s.created = true
---
MERGE (s:State {code: 'VN'}) ON MATCH SET s.seen = s.seen + 1 ON CREATE SET s.created = true, s:New RETURN s
---
MATCH (a), (b) MERGE (a)-[:T]->(b) MERGE (b)-[:T]->(a)
---
MERGE p = (a)-[:T]->(b) RETURN p
---
MATCH (s) SET s.name = 'Viet Nam'
---
MATCH (s) SET s.a = 1, s.b = 2, s:Label:Other, s += {c: 3}, s = $all
---
MATCH (s) SET s = {}
---
MATCH p = (a)-->(b) SET nodes(p)[0].first = true
---
MATCH (s) SET (s).name = 'x'
---
MATCH (s) SET (CASE WHEN s.ok THEN s END).name = 'x'
---
MATCH (s) SET s.a.b = 1
---
MATCH (s) REMOVE s.name
---
MATCH (s) REMOVE s:Label:Other, s.name
---
MATCH (s) DELETE s
---
MATCH (s)-[r]->() DELETE r, s
---
MATCH (s) DETACH DELETE s
---
MATCH p = ()-->() DETACH DELETE nodes(p)[0], p
---
MATCH (s) DELETE s:Label
---
CALL db.labels
---
CALL db.labels()
---
CALL db.labels() YIELD label
---
CALL db.labels YIELD label AS l
---
CALL db.labels() YIELD *
---
CALL graph.shortest($from, $to, {limit: 3}) YIELD path, cost AS c WHERE c < 3
---
CALL db.labels() YIELD label RETURN label
---
CALL db.labels() YIELD label AS l WHERE l STARTS WITH 'S' RETURN l
---
MATCH (s) CALL graph.degree(s) YIELD degree RETURN s, degree
---
MATCH (s) CALL touch(s) RETURN s
---
CALL `my proc`.`x`('a')
---
EXPLAIN MATCH (n) RETURN n
---
PROFILE MATCH (n) RETURN n; explain RETURN 1
---
EXPLAIN CALL db.labels
---
CREATE INDEX FOR (n:State) ON (n.code)
---
CREATE INDEX state_code FOR (n:State) ON (n.code)
---
create index state_code if not exists for (n:State) on (n.code)
---
CREATE INDEX IF NOT EXISTS FOR (n:State) ON (n.code)
---
CREATE INDEX `the index` FOR (n:`The Label`) ON (n.`the key`);
---
CREATE INDEX = (a)-[:T]->(b)
---
DROP INDEX state_code
---
DROP INDEX state_code IF EXISTS; SHOW INDEXES
---
EXPLAIN SHOW INDEXES
---
RETURN 1 + 2 - 3 * 4 / 5 % 6 ^ 7
---
RETURN -1, +1, - -1, --1, -+-1
---
RETURN 1--2, 1-+2, 2^-1
---
RETURN 1<-2
---
WITH 1 AS a, 2 AS b RETURN a<b, a<-b, a>-b, a<>b, a<=b, a>=b, a=b, a =~ b
---
RETURN 1 < 2 <= 3 = 3 <> 4 > 2 >= 1
---
RETURN NOT true, NOT NOT true, NOT 1 = 2
---
RETURN true AND false OR true XOR NOT false
---
RETURN 'a' + 'b' STARTS WITH 'a', 'a' ENDS WITH 'b', 'a' CONTAINS 'c', 'a' =~ 'b.*'
---
RETURN 1 IN [1, 2], 1 + 1 IN [2] = true
---
RETURN 1 IS NULL, 1 IS NOT NULL, 1 IS NULL IS NOT NULL, 1 = 2 IS NULL, NOT 1 IS NULL
---
RETURN x.y IS NULL = z
---
RETURN [1, 2, 3][0], [1, 2, 3][-1], [1][0..1], [1][..1], [1][0..], [1][..], [[1]][0][0]
---
WITH [1] AS xs RETURN xs[0..size(xs)], xs[1..-1], xs [ 0 ]
---
WITH {a: {b: 1}} AS m RETURN m.a.b, m['a'], m['a'].b, m.a['b']
---
RETURN {a: 1}.a, [1][0].b, 'x'.y, $p.name.first, (1).a
---
RETURN {}, {a: 1}, {a: 1, `b c`: 2, match: 3, null: 4, in: 5}
---
RETURN {limit: 1, skip: 2, order: {by: 3}}
---
RETURN [], [1], [1, 'a', null, [], {}]
---
RETURN 0, 7, 10, 9223372036854775807, -9223372036854775808
---
RETURN 0x0, 0xFF, 0Xabc, 0o17, 0O7
---
RETURN 1.0, .5, 0.5, 00.5, 1e3, 1E3, 1e-3, 1e+3, 1.5e3, .5E-3, 1e0
---
RETURN 1.x, 1 .x
---
RETURN 'it\'s', "a \"b\"", 'tab\tnewline\nreturn\rform\fback\bslash\\'
---
RETURN '\u0041', '\U0001F600', '\uD83D\uDE00', '\ud7ff\uE000'
---
RETURN "two
lines"
---
RETURN '// no comment', '/* nor this */', "`"
---
RETURN 'single', "double", '', ""
---
RETURN `a b`, `a``b`, `match`, `//`
---
RETURN $name, $0, $12, $`a name`, $match, $limit, $_x, $a1
---
RETURN $p[$i], $p.x
---
RETURN é, 名前, _x, x1, a€, Ω
---
RETURN true, TRUE, False, null, NULL
---
RETURN n.match, n.`x y`, n.null, n.end, n.count
---
MATCH (n:Match)-[:RETURN]->(:`With space`:Order) RETURN n
---
MATCH (count)-[any]->(single) RETURN count, any, single, none, call, yield, index, if, show, explain, profile, reduce
---
MATCH (collect) RETURN collect(collect), count(count)
---
WITH 1 AS filter, 2 AS extract RETURN filter, extract
---
RETURN count(*), COUNT ( * ), count(x), count(DISTINCT x)
---
RETURN f(), f(1), f(1, 2), f(DISTINCT 1, 2), a.b.c(1), date.truncate('day', x)
---
RETURN exists(n.name), EXISTS((a)-->(b)), collect(x), yield(1), index(2), call()
---
RETURN point.distance(a, b), apoc.all(x), apoc.`odd name`(), x.match()
---
RETURN CASE WHEN true THEN 1 END
---
RETURN CASE x WHEN 1 THEN 'a' WHEN 2 THEN 'b' ELSE 'c' END
---
RETURN CASE WHEN a THEN CASE b WHEN 1 THEN 2 END ELSE 3 END + 1
---
RETURN CASE (x) WHEN (1) THEN [2] ELSE {} END.y
---
RETURN case n.x when -1 then 1 else 2 end
---
RETURN [x IN [1, 2, 3]]
---
RETURN [x IN [1, 2, 3] | x * 2]
---
RETURN [x IN xs WHERE x > 2]
---
RETURN [x IN xs WHERE x > 2 | x * 2]
---
RETURN [x IN xs WHERE x:A:B | x.name]
---
RETURN [x IN xs WHERE x:(A|B) | x.name]
---
RETURN [x IN [y IN ys | y + 1] WHERE x IN zs | [x, 1]]
---
RETURN [x IN [1], 2]
---
RETURN [x IN xs, y IN ys]
---
RETURN [x IN xs AND y]
---
RETURN [1 IN [1]]
---
RETURN [x]
---
RETURN [(a)-->(b) | b.name]
---
RETURN [p = (a)-[:T*]->(b) WHERE b.x | length(p)]
---
RETURN [(a)-->(:State) WHERE true | 1]
---
RETURN [(a)]
---
RETURN [(a) - [1]]
---
RETURN [(a)-->(b)]
---
RETURN [(a)-->(b), 1]
---
RETURN [p = 1]
---
RETURN all(x IN xs WHERE x), any(x IN xs WHERE x > 1), none(x IN [1] WHERE x), single(x IN xs WHERE x = 1)
---
RETURN ALL ( x IN xs WHERE ANY ( y IN x WHERE y ) )
---
RETURN reduce(total = 0, x IN xs | total + x)
---
RETURN REDUCE ( s = '', x IN [y IN ys | y.name] | s + x )
---
MATCH (a), (b) WHERE (a)-->(b) RETURN a
---
MATCH (a), (b) WHERE NOT (a)-[:T]->(b) AND (a)<--() RETURN a
---
MATCH (a) WHERE (a)-->() OR a.x RETURN a
---
MATCH (a) WHERE ((a)-->()) RETURN a
---
MATCH (a) WHERE (a {x: 1})-->(:B {y: 2})<-[:T*2]-() RETURN a
---
MATCH (a) WHERE (:State)-->() RETURN a
---
WITH 1 AS a, 2 AS b, 3 AS c RETURN (a)-b, (a) - (b), (a)-(b)-c, (a)--b, (a)<b, (a)<-b, (a)<--b
---
WITH 1 AS a, [1] AS b RETURN (a) - [1], (a) + [1], (a)-[b][0], (a)-[b]
---
WITH 1 AS a, 2 AS b RETURN (a)-[b]-(a)
---
WITH 1 AS a, 2 AS b RETURN (a)-[b]-1, (a)-[1]-(b)
---
MATCH (s) RETURN size((s)-->())
---
MATCH (a) WHERE exists { (a)-->(b) } RETURN a
---
MATCH (a) WHERE EXISTS { (a)-->(b) WHERE b.x = 1 } RETURN a
---
MATCH (a) WHERE EXISTS { MATCH (a)-->(b) RETURN b } RETURN a
---
MATCH (a) WHERE EXISTS { MATCH (a)-->(b) WHERE b.x } AND NOT EXISTS { (a) } RETURN a
---
MATCH (a) WHERE EXISTS { MATCH (a)-->(b) WITH b, count(*) AS n WHERE n > 2 RETURN true } RETURN a
---
MATCH (a) WHERE EXISTS { p = (a)-->(b), (b)-->(c) } RETURN a
---
MATCH (a) RETURN COUNT { (a)-->() } AS n, COLLECT { MATCH (a)-->(b) RETURN b.name } AS names
---
MATCH (a) RETURN count { MATCH (a)-->(b) RETURN DISTINCT b } > 1
---
RETURN EXISTS { RETURN 1 UNION RETURN 2 }
---
RETURN COUNT { UNWIND [1, 2] AS x }
---
RETURN EXISTS { MATCH (a) WHERE EXISTS { (a)-->() } }
---
MATCH (n) RETURN n {.name, .code}
---
MATCH (n) RETURN n {.*}, n { .* , extra: 1, other }, n {}
---
MATCH (n) RETURN n {.name, friends: [(n)--(m) | m {.name}]} AS tree
---
WITH 1 AS any RETURN any {.x}
---
MATCH (n) RETURN n:State, n:State:Member, n.x:State
---
MATCH (n) WHERE n:State AND NOT n:Observer RETURN n
---
MATCH (n) WHERE n:State&!Observer OR n:(A|B) OR n:% RETURN n
---
MATCH (n) RETURN n:A = true, n:A IS NULL, [n:A, n:B], {a: n:A}
---
RETURN ((((1))))
---
RETURN (1 + 2) * 3
---
RETURN - (1), -x.y, -[1][0], -f(x)
---
RETURN 1 AS `a b`, 2 AS count, 3 AS x
---
MATCH (n) RETURN n.name AS name, count(*) AS n ORDER BY n DESC, name SKIP 1 LIMIT 10
---
MATCH (a:State)-[m:MEMBER_OF]->(b:Body {name: 'ACCSM'})
WHERE m.from <= date('1995-07-28') AND (m.to IS NULL OR m.to > date('1995-07-28'))
WITH b, collect(a.name) AS members
OPTIONAL MATCH (c:State)-[:CHAIRED]->(:Meeting)-[:OF]->(b)
RETURN b.name, size(members) AS count, [x IN members WHERE x STARTS WITH 'M'] AS some, collect(DISTINCT c.name) AS chairs
ORDER BY count DESC
LIMIT 5
---
RETURN '—' // typographic dash inside a string
---
MATCH (a)—[:T]—>(b) RETURN a
---
MATCH (a)⟨−−(b) RETURN a
---
RETURN	1　+ 2
---
MATCH (a)--(b)--(c) WHERE a.x--b.x RETURN a
---
RETURN 1 = 1.0, [1]=[1.0], {a:1}={a:1.0}
---
UNWIND range(1,3) AS i WITH i WHERE i%2=1 RETURN i^2
---
MATCH (n) WHERE n.x IN [1,2] AND n.y IN $ys RETURN n
---
MATCH (x) RETURN x.name STARTS WITH 'a' AND x.name CONTAINS 'b' OR x.name ENDS WITH 'c'
---
RETURN [p = (a)-->(b)]
---
RETURN (a:A)
---
// nothing but a comment
---
;
---
; RETURN 1
---
CALL p() CALL q()
---
MATCH (n) CALL p(n)
---
RETURN 1;
;
// the end
---
CALL p.match.return(1)
---
CALL { MATCH (a) RETURN a } RETURN a
---
MATCH (n) CALL { CREATE (m:Copy) }
---
UNWIND [1] AS x CALL { RETURN 1 AS y UNION RETURN 2 AS y } RETURN x, y
---
MATCH (n) WHERE COUNT { MATCH (n)-->(m) WITH m WHERE m.x UNWIND m.xs AS x } > 1 RETURN n
---
MATCH (n:A:B|C) RETURN n
---
MATCH (n:A|B:C) RETURN n
---
MATCH (a)-[:A|:B&C]->(b) RETURN a
---
MATCH (s) SET s.x += 1
---
MATCH (s) SET s[0] = 1
---
RETURN all(x IN xs)
---
MATCH (n) RETURN n:A|B
---
MATCH (n) RETURN n:A:!B
---
MATCH (n) WHERE n:A|B AND n.x:A|B = true RETURN [x IN [n:A|B] WHERE (x:A|B) | f(x:A|B)]
---
MATCH (s) SET s.x:A, f(s):B, s[0] += {}
---
MATCH (s) REMOVE s.x:A
---
RETURN [x IN xs WHERE x:(A|B)&C | {y: x:A|B}]
---
WITH 1 AS a, 2 AS b RETURN (a)--(b.x), (a)<--(b + 1), (a)-[1]-(b), (a)-[b, 1]-(a), (a)--(b {.x})
---
RETURN [x IN xs WHERE CASE WHEN x:A|B THEN true END | x]
---
CALL match.return.set()
---
CALL order()
---
CREATE INDEX `if` IF NOT EXISTS FOR (n:A) ON (n.k)
---
DROP INDEX `if` IF EXISTS
---
CREATE CONSTRAINT FOR (s:State) REQUIRE s.code IS UNIQUE
---
CREATE CONSTRAINT state_code IF NOT EXISTS FOR (s:State) REQUIRE (s.code) IS UNIQUE
---
create constraint `the name` for (n:`The Label`) require n.`the key` is unique;
---
CREATE CONSTRAINT `if` FOR (constraints:Constraint) REQUIRE constraints.unique IS UNIQUE
---
DROP CONSTRAINT state_code
---
DROP CONSTRAINT state_code IF EXISTS; SHOW CONSTRAINTS
---
EXPLAIN CREATE CONSTRAINT FOR (s:State) REQUIRE s.code IS UNIQUE
---
MATCH (constraints) RETURN constraints.constraint, constraints(1)

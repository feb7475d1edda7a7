RETURN
---
RETURN ;
---
RETURN 1 RETURN 2
---
RETURN 1,
---
RETURN , 1
---
RETURN 1 2
---
RETURN 1 AS
---
RETURN 1 AS 2
---
RETURN 1 AS 'x'
---
RETURN 1 x
---
RETURN *, *
---
RETURN 1, *
---
RETURN DISTINCT
---
RETURN DISTINCT DISTINCT 1
---
RETURN 1 AS match
---
RETURN 1 AS x.y
---
RETRUN 1
---
SELECT 1
---
MATCH (n)
---
MATCH (n) WHERE n.x
---
MATCH (n) WITH n
---
UNWIND [1] AS x
---
MATCH RETURN 1
---
MATCH n RETURN n
---
MATCH (n RETURN n
---
MATCH n) RETURN n
---
MATCH (n)) RETURN n
---
MATCH (n),, (m) RETURN n
---
MATCH (n), RETURN n
---
MATCH (n) (m) RETURN n
---
MATCH (n m) RETURN n
---
MATCH (n.x) RETURN n
---
MATCH (n:) RETURN n
---
MATCH (:) RETURN 1
---
MATCH (n::A) RETURN n
---
MATCH (n:A B) RETURN n
---
MATCH (n:A|:B) RETURN n
---
MATCH (n:A&) RETURN n
---
MATCH (n:&A) RETURN n
---
MATCH (n:A!) RETURN n
---
MATCH (n:()) RETURN n
---
MATCH (n:(A) RETURN n
---
MATCH (n:'A') RETURN n
---
MATCH (n {a}) RETURN n
---
MATCH (n {a: }) RETURN n
---
MATCH (n {a: 1,}) RETURN n
---
MATCH (n {'a': 1}) RETURN n
---
MATCH (n {a = 1}) RETURN n
---
MATCH (n {a: 1} {b: 2}) RETURN n
---
MATCH (n {a: 1}:A) RETURN n
---
MATCH (n WHERE) RETURN n
---
MATCH (n WHERE true {a: 1}) RETURN n
---
MATCH (match) RETURN 1
---
MATCH (a)- RETURN a
---
MATCH (a)-(b) RETURN a
---
MATCH (a)->(b) RETURN a
---
MATCH (a)<-(b) RETURN a
---
MATCH (a)>--(b) RETURN a
---
MATCH (a)---(b) RETURN a
---
MATCH (a)-->>(b) RETURN a
---
MATCH (a)--> RETURN a
---
MATCH -->(a) RETURN a
---
MATCH (a)-->b RETURN a
---
MATCH (a)==>(b) RETURN a
---
MATCH (a)-[r-(b) RETURN a
---
MATCH (a)-r]-(b) RETURN a
---
MATCH (a)-[r](b) RETURN a
---
MATCH (a)[r]-(b) RETURN a
---
MATCH (a)-[r s]-(b) RETURN a
---
MATCH (a)-(r)-(b) RETURN a
---
MATCH (a)-{r}-(b) RETURN a
---
MATCH (a)-[:]->(b) RETURN a
---
MATCH (a)-[:A:B]->(b) RETURN a
---
MATCH (a)-[:A|]->(b) RETURN a
---
MATCH (a)-[:|A]->(b) RETURN a
---
MATCH (a)-[:A||B]->(b) RETURN a
---
MATCH (a)-[:A..]->(b) RETURN a
---
MATCH (a)-[1..2]->(b) RETURN a
---
MATCH (a)-[:A*-1]->(b) RETURN a
---
MATCH (a)-[:A*1..-1]->(b) RETURN a
---
MATCH (a)-[:A*1.5]->(b) RETURN a
---
MATCH (a)-[:A*1...3]->(b) RETURN a
---
MATCH (a)-[:A*x]->(b) RETURN a
---
MATCH (a)-[:A**]->(b) RETURN a
---
MATCH (a)-[*:A]->(b) RETURN a
---
MATCH (a)-[{a: 1}*]->(b) RETURN a
---
MATCH p (a)-->(b) RETURN p
---
MATCH p = RETURN p
---
MATCH p = q = (a) RETURN p
---
MATCH p = a RETURN p
---
MATCH (p = (a)) RETURN p
---
MATCH shortestPath(a) RETURN a
---
MATCH shortestPath() RETURN 1
---
MATCH shortestPath(p = (a)-[*]-(b)) RETURN p
---
MATCH shortestPath((a)-[*]-(b), (c)) RETURN a
---
OPTIONAL RETURN 1
---
OPTIONAL OPTIONAL MATCH (n) RETURN n
---
MATCH OPTIONAL (n) RETURN n
---
MATCH (n) WHERE RETURN n
---
MATCH (n) WHERE n.x WHERE n.y RETURN n
---
WHERE true RETURN 1
---
RETURN 1 WHERE true
---
WITH RETURN 1
---
WITH 1 AS x, RETURN x
---
WITH 1 AS x WHERE RETURN x
---
RETURN 1 LIMIT
---
RETURN 1 LIMIT 1 SKIP 2
---
RETURN 1 LIMIT 1 LIMIT 2
---
RETURN 1 LIMIT 1 ORDER BY 1
---
RETURN 1 ORDER 1
---
RETURN 1 ORDER BY
---
RETURN 1 ORDER BY 1 ASC DESC
---
RETURN 1 ORDER BY 1,
---
RETURN 1 SKIP 1, 2
---
UNWIND [1] RETURN 1
---
UNWIND [1] AS RETURN 1
---
UNWIND AS x RETURN x
---
UNWIND [1] AS x.y RETURN 1
---
UNWIND [1] AS x, [2] AS y RETURN x
---
RETURN 1 UNION
---
UNION RETURN 1
---
RETURN 1 UNION ALL ALL RETURN 2
---
RETURN 1 UNION UNION RETURN 2
---
RETURN 1 ALL RETURN 2
---
CALL p UNION CALL q
---
CREATE
---
CREATE (a) MATCH (b) RETURN b
---
CREATE (a) UNWIND [1] AS x RETURN x
---
CREATE (a) WHERE a.x
---
CREATE a
---
RETURN 1 CREATE (a)
---
MERGE (a), (b)
---
MERGE
---
MERGE (a) ON SET a.x = 1
---
MERGE (a) ON CREATE a.x = 1
---
MERGE (a) ON DELETE SET a.x = 1
---
MERGE (a) CREATE SET a.x = 1
---
ON CREATE SET a.x = 1
---
MATCH (s) SET
---
MATCH (s) SET s
---
MATCH (s) SET s.x
---
MATCH (s) SET s.x =
---
MATCH (s) SET s.x == 1
---
MATCH (s) SET s.x = 1,
---
MATCH (s) SET s:
---
MATCH (s) SET s:A|B
---
MATCH (s) SET s:!A
---
MATCH (s) SET s.x = 1 s.y = 2
---
MATCH (s) REMOVE
---
MATCH (s) REMOVE s
---
MATCH (s) REMOVE s.x = 1
---
MATCH (s) REMOVE s[0]
---
MATCH (s) DELETE
---
MATCH (s) DELETE s,
---
MATCH (s) DELETE s t
---
MATCH (s) DETACH s
---
MATCH (s) DELETE DETACH s
---
DETACH DETACH DELETE s
---
CALL
---
CALL 1
---
CALL p(
---
CALL p)
---
CALL p(1,)
---
CALL p() YIELD
---
CALL p() YIELD a,
---
CALL p() YIELD a AS
---
CALL p() YIELD a b
---
CALL p() YIELD a.b
---
CALL p() YIELD *, a
---
CALL p() YIELD a AS *
---
CALL p.() YIELD a
---
CALL .p()
---
CALL p(*)
---
CALL p RETURN 1
---
CALL p YIELD a RETURN a
---
CALL p() YIELD * RETURN 1
---
MATCH (n) CALL p YIELD a RETURN a
---
MATCH (n) CALL p(n) YIELD * RETURN n
---
CALL p() WHERE true
---
YIELD a
---
EXPLAIN
---
EXPLAIN EXPLAIN RETURN 1
---
EXPLAIN PROFILE RETURN 1
---
RETURN 1 EXPLAIN
---
RETURN 1; PROFILE
---
CREATE INDEX
---
CREATE INDEX FOR (n) ON (n.code)
---
CREATE INDEX FOR (n:State) ON n.code
---
CREATE INDEX FOR (n:State) ON (code)
---
CREATE INDEX FOR (n:State:Other) ON (n.code)
---
CREATE INDEX FOR (n:State) ON (n.code, n.name)
---
CREATE INDEX i IF EXISTS FOR (n:State) ON (n.code)
---
CREATE INDEX match FOR (n:State) ON (n.code)
---
CREATE INDEX FOR (n:State) ON (n.code) RETURN 1
---
DROP INDEX
---
DROP INDEX IF EXISTS
---
DROP INDEX i IF NOT EXISTS
---
DROP i
---
SHOW
---
SHOW INDEXES RETURN 1
---
RETURN 1 +
---
RETURN * 2
---
RETURN / 2
---
RETURN 1 + * 2
---
RETURN 1 ++
---
RETURN 1 = 
---
RETURN 1 == 1
---
RETURN 1 != 2
---
RETURN 1 => 2
---
RETURN a && b
---
RETURN !a
---
RETURN a = NOT b
---
RETURN 1 + NOT true
---
RETURN a NOT b
---
RETURN a NOT IN b
---
RETURN NOT
---
RETURN true AND
---
RETURN AND true
---
RETURN true AND OR false
---
RETURN a STARTS 'b'
---
RETURN a ENDS 'b'
---
RETURN a STARTS WITH
---
RETURN a CONTAINS
---
RETURN a IN
---
RETURN a IS
---
RETURN a IS NOT
---
RETURN a IS 1
---
RETURN a IS NULL NULL
---
RETURN a NULL
---
RETURN a ~ b
---
RETURN a.
---
RETURN a..b
---
RETURN a.1
---
RETURN a.'b'
---
RETURN a.$b
---
RETURN .a
---
RETURN a[
---
RETURN a[]
---
RETURN a[1
---
RETURN a]
---
RETURN a[1,2]
---
RETURN a[1..2..3]
---
RETURN [1..2]
---
RETURN [1
---
RETURN [1,]
---
RETURN [,1]
---
RETURN [1 2]
---
RETURN {
---
RETURN {a}
---
RETURN {a: 1
---
RETURN {a: 1,}
---
RETURN {1: a}
---
RETURN {a: 1 b: 2}
---
RETURN {'a': 1}
---
RETURN (1
---
RETURN 1)
---
RETURN ()
---
RETURN (1, 2)
---
RETURN 'abc
---
RETURN "abc
---
RETURN 'abc"
---
RETURN 'it''s'
---
RETURN '\x'
---
RETURN '\u12'
---
RETURN '\u123g'
---
RETURN '\ud800'
---
RETURN '\ud800\u0041'
---
RETURN '\udc00'
---
RETURN '\U00110000'
---
RETURN '\U0000D800'
---
RETURN `a
---
RETURN ``
---
RETURN $
---
RETURN $ a
---
RETURN $'a'
---
RETURN $$a b
---
RETURN 1a
---
RETURN 010
---
RETURN 0x
---
RETURN 0xg
---
RETURN 0o8
---
RETURN 0b1
---
RETURN 1e
---
RETURN 1e+
---
RETURN 1.
---
RETURN 1.5.
---
RETURN 1.5.2
---
RETURN 1_000
---
RETURN 12ab
---
RETURN 1AS x
---
RETURN #
---
RETURN 1 # comment
---
RETURN @x
---
RETURN a ? b : c
---
RETURN 1 — 2
---
RETURN “text”
---
RETURN 1 /* open
---
RETURN 1 /* a /* b */ c */
---
/*/ RETURN 1
---
-- comment
RETURN 1
---
RETURN count(
---
RETURN count()*
---
RETURN count(*
---
RETURN count(DISTINCT *)
---
RETURN f(*)
---
RETURN f(1,)
---
RETURN f(,1)
---
RETURN f(DISTINCT)
---
RETURN f(1 2)
---
RETURN a.b.(1)
---
RETURN match(1)
---
RETURN not.f(1)
---
RETURN f(1)(2)
---
RETURN CASE END
---
RETURN CASE 1 END
---
RETURN CASE WHEN 1 END
---
RETURN CASE WHEN 1 THEN END
---
RETURN CASE WHEN 1 THEN 2
---
RETURN CASE WHEN THEN 2 END
---
RETURN CASE ELSE 1 END
---
RETURN CASE WHEN 1 THEN 2 ELSE END
---
RETURN CASE WHEN 1 THEN 2 ELSE 3 ELSE 4 END
---
RETURN CASE 1 2 WHEN 3 THEN 4 END
---
RETURN [x IN ]
---
RETURN [x IN xs |]
---
RETURN [x IN xs WHERE]
---
RETURN [x IN xs WHERE | x]
---
RETURN [x IN xs | x WHERE x]
---
RETURN [x IN xs | x | x]
---
RETURN [x.y IN xs | x]
---
RETURN [x IN xs WHERE x:A|B | x]
---
RETURN [1 | 2]
---
RETURN [xs | 2]
---
RETURN [(a) | a]
---
RETURN [(a)-->(b) |]
---
RETURN [(a)-->(b) WHERE b.x]
---
RETURN [p = (a) | p]
---
RETURN any(xs)
---
RETURN any(x IN xs | x)
---
RETURN none()
---
RETURN single(x.y IN xs WHERE true)
---
RETURN reduce(x IN xs | x)
---
RETURN reduce(a = 0, x IN xs)
---
RETURN reduce(a = 0, x IN xs WHERE x | a)
---
RETURN reduce(a, x IN xs | a)
---
RETURN reduce(0, x IN xs | a)
---
RETURN (a)-->
---
RETURN (a)-->b
---
RETURN (a)-[:T]->
---
RETURN (a)-[:T]
---
RETURN (:A)
---
MATCH (n) WHERE (n:A {x: 1}) RETURN n
---
MATCH (n) WHERE (n)-[r RETURN n
---
RETURN EXISTS
---
RETURN EXISTS { }
---
RETURN EXISTS { (a)-->(b) RETURN a }
---
RETURN EXISTS { WHERE true }
---
RETURN EXISTS { MATCH (a) RETURN a; }
---
RETURN EXISTS { CALL p }
---
RETURN EXISTS { 1 }
---
RETURN EXISTS (a)-->(b)
---
RETURN COUNT { }
---
RETURN COUNT { .a }
---
RETURN COLLECT { MATCH (a) }
---
RETURN COLLECT { (a)-->(b) }
---
MATCH (n) RETURN n {.}
---
MATCH (n) RETURN n {.a.b}
---
MATCH (n) RETURN n {*}
---
MATCH (n) RETURN n {.a,}
---
MATCH (n) RETURN n {a b}
---
MATCH (n) RETURN n {'a': 1}
---
MATCH (n) RETURN n.x {.a}
---
MATCH (n) RETURN (n) {.a}
---
MATCH (n) RETURN n:
---
MATCH (n) RETURN n:A.x
---
MATCH (n) RETURN n:A&
---
MATCH (n) RETURN n:A[0]
---
RETURN 1 AS x; MATCH
---
RETURN a AND b) OR c
---
FOREACH (x IN [1] | CREATE (n))
---
LOAD CSV FROM 'x' AS row RETURN row
---
START n = node(0) RETURN n
---
RETURN 1 AS x UNION RETURN 2 AS x UNION ALL RETURN 3 AS x
---
CALL {} RETURN 1
---
CALL { MATCH (a) } RETURN 1
---
CREATE (a) CALL { RETURN 1 AS x } RETURN x
---
RETURN EXISTS { CREATE (a) }
---
RETURN EXISTS { MATCH (a) SET a.x = 1 RETURN a }
---
RETURN EXISTS { RETURN 1 UNION RETURN 2 UNION ALL RETURN 3 }
---
RETURN COLLECT { MATCH (a) DELETE a RETURN 1 }
---
CALL p() YIELD a UNION CALL q() YIELD a
---
MATCH (n) CALL p(n) YIELD a
---
RETURN [x IN xs | x:A|B]
---
RETURN reduce(a = b:A|B, x IN xs | a)
---
RETURN any(x)
---
RETURN exists(a, b)
---
RETURN exists()
---
RETURN exists(DISTINCT a)
---
RETURN all(x)
---
MATCH (n) REMOVE n.x:A|B
---
RETURN none(x IN xs, 2)
---
MATCH (a)-[:A*$n]->(b) RETURN a
---
MATCH (a)-[:A*1..$n]->(b) RETURN a
---
MATCH (a)-[:A*1..2 $n]->(b) RETURN a
---
RETURN a IS NULL + 1
---
RETURN 1 + a IS NOT NULL ^ 2
---
RETURN NOT a IS NULL * 2
---
CREATE INDEX ON :State(code)
---
CREATE INDEX IF FOR (n:State) ON (n.code)
---
CREATE INDEX count FOR (n:State) ON (n.code)
---
SHOW INDEX
---
CREATE INDEX if IF NOT EXISTS FOR (n:A) ON (n.k)
---
DROP INDEX if IF EXISTS
---
MATCH (n) REMOVE (n.x)
---
CREATE CONSTRAINT
---
CREATE CONSTRAINT FOR (s:State) REQUIRE s.code
---
CREATE CONSTRAINT FOR (s:State) REQUIRE s.code IS NOT NULL
---
CREATE CONSTRAINT FOR (s:State) REQUIRE s IS UNIQUE
---
CREATE CONSTRAINT FOR (s) REQUIRE s.code IS UNIQUE
---
CREATE CONSTRAINT FOR (s:State) REQUIRE (s.code, s.name) IS UNIQUE
---
CREATE CONSTRAINT FOR (s:State) REQUIRE (s.code IS UNIQUE
---
CREATE CONSTRAINT ON (s:State) ASSERT s.code IS UNIQUE
---
CREATE CONSTRAINT FOR (s:State) ASSERT s.code IS UNIQUE
---
CREATE CONSTRAINT unique FOR (s:State) REQUIRE s.code IS UNIQUE
---
CREATE CONSTRAINT constraints FOR (s:State) REQUIRE s.code IS UNIQUE
---
CREATE CONSTRAINT c FOR (s:State) REQUIRE s.code IS UNIQUE RETURN 1
---
CREATE CONSTRAINT = (a)-[:T]->(b)
---
DROP CONSTRAINT
---
DROP CONSTRAINT c IF NOT EXISTS
---
SHOW CONSTRAINT

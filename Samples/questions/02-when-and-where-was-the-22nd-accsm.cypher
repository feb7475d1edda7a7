// When and in which city was the 22nd ACCSM held, and at which venue?
MATCH (meeting:Meeting {name: '22nd ACCSM'})-[held:HELD_AT]->(:State)
MATCH (meeting)-[:SOURCED_FROM]->(source:Source)
WITH meeting, held, source
  ORDER BY source.id
RETURN meeting.startDate AS firstDay,
  meeting.endDate AS lastDay,
  meeting.city AS city,
  held.venue AS venue,
  collect(source.id) AS sources
  ORDER BY firstDay

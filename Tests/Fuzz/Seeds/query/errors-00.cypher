MATCH (state:State)
RETURN stat.name
# Reads the output of go test -v and prints what failed: everything each failed
# test said, and whatever a package printed after a panic or a race.
/^=== (RUN|CONT|NAME|PAUSE)/ { current = $3; next }
/^(panic:|fatal error:|WARNING: DATA RACE)/ { loud = 1 }
/^(ok|FAIL|PASS)[ \t]*/ { loud = 0 }
loud { print; next }
/^ *--- (PASS|SKIP): / { next }
/^ *--- FAIL: / {
	line = $0
	sub(/^ *--- FAIL: /, "")
	print line
	printf "%s", said[$1]
	next
}
/^FAIL/ { print; next }
{ if (length(said[current]) < 20000) said[current] = said[current] $0 "\n" }

# Reads the output of go test -v and names every skipped test. One test alone may
# be skipped: the one that needs the description of the Bot API, which lies
# outside of the project, and its message has to say so.
BEGIN { allowed["TestRequestsFollowTheOfficialDescription"] = 1 }
/^=== (RUN|CONT|NAME)/ { current = $3; next }
/^ *--- SKIP: / {
	sub(/^ *--- SKIP: /, "")
	name = $1
	if (name in allowed && said[name] ~ /outside of the project/) next
	printf "skipped: %s: %s\n", name, said[name]
	bad = 1
	next
}
/^ +[A-Za-z0-9_]+\.go:[0-9]+: / { said[current] = $0 }
END { exit bad }

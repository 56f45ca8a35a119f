# Reads the output of go test -v and names every skipped test. A test may be
# skipped only for want of data that lies outside of the project, and its
# message has to say so.
/^=== (RUN|CONT|NAME)/ { current = $3; next }
/^ *--- SKIP: / {
	sub(/^ *--- SKIP: /, "")
	name = $1
	if (said[name] ~ /outside of the project/) next
	printf "skipped: %s: %s\n", name, said[name]
	bad = 1
	next
}
/^ +[A-Za-z0-9_]+\.go:[0-9]+: / { said[current] = $0 }
END { exit bad }

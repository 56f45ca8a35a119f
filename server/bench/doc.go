// Package bench measures the desk against the machine it runs on. It has tests
// only. Each benchmark measures the desk and, in the same run, what the disk or
// the database can do at best, and reports the ratio; a time alone would say
// more about the machine than about the desk.
//
// The data is what okno demo --fill makes, one directory for each size, made
// when it is first needed and removed at the end. OKNO_BENCH_DATA names a
// folder to keep the directories in instead. A million tickets are measured
// where OKNO_BENCH_MILLION is 1. Run it as
//
//	go test -run '^$' -bench . -benchtime 2s ./server/bench
package bench

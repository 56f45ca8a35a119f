// Package jobs runs what waits in tables: durable timers, received events and
// outgoing deliveries. It owns claiming, leases, retries with growing delay and
// jitter.
//
// One Runner serves one Queue. Its loop looks when the next row is due, claims
// as many rows as it has hands free, and hands each to the Handler; meanwhile it
// prolongs the leases of those at work. It sleeps until the next row is due,
// something is committed, or a hand becomes free. A handler settles its row in
// its own transaction; when it fails, a Policy decides whether the row is tried
// again, when, and whether the try counts, or whether it is set aside so that
// the rows behind it go on. A row whose runner died is claimed again when its
// lease has ended.
package jobs

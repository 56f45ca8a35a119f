// Package jobs runs what waits in tables: durable timers, received events and
// outgoing deliveries. It owns claiming, leases, retries with growing delay and
// jitter, and the only sleeping loop of the program.
package jobs

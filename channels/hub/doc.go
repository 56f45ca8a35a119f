// Package hub stands between the networks and the tickets. It owns the running
// adapters and both journals.
//
// Inwards: an adapter hands an event to its sink, which stores it in the inbox
// journal together with the adapter's cursor. Process reads the entry later,
// gathers the facts about it, decides by a pure function what it is, and writes
// the outcome, the ticket and the message in one transaction.
//
// Outwards: Notify follows the event log and puts a row into the outbox for
// every public reply. Deliver hands one row to its adapter and records how it
// fared. Run keeps one adapter per enabled channel going, and leases see to it
// that of several processes one does.
package hub

// Package hub stands between the networks and the tickets. It owns the running
// adapters, both journals and where the conversation in each chat stands.
//
// Inwards: an adapter hands an event to its sink, which stores it in the inbox
// journal together with the adapter's cursor. Process reads the entry later,
// gathers the facts about it, decides by a pure function what it is, and writes
// the outcome, the ticket and the message in one transaction. Mail finds its
// ticket by marks and references. In a chat a message goes to the ticket it
// answers, else to the person's open ticket there, unless they pressed the
// button for another; what people do to messages (change, take back, react) is
// done to the message it names, or waits until that message comes.
//
// Outwards: Notify follows the event log and puts a row into the outbox for
// every public reply, and in chats for every step the person is told of. Deliver
// hands one row to its adapter and records how it fared and under which network
// ids the message is known, so that answers to replies and notices find their
// ticket. Run keeps one adapter per enabled channel going, and leases see to it
// that of several processes one does; networks that call us (Hook) may call any.
package hub

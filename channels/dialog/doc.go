// Package dialog is the bot: the menu, forms filled step by step, "my requests",
// ratings and answers to approvals, in any chat. It owns what is said next and
// what is remembered between two messages.
//
// Step is pure: a stored State, one Turn of the person and a World that was read
// beforehand give a new State, messages to say and Commands to carry out.
// channels/hub reads the World, writes the State and carries out the Commands in
// the transaction that settles the turn, so a crash repeats a turn whole or not
// at all.
//
// What is said is a sheet: paragraphs and choices. Networks with buttons get
// buttons, others a numbered list; both take the words of a choice, and its
// number wherever that cannot be an answer. What was written is an answer, more
// words for an offer, a comment, or none of the dialog's business: then
// Outcome.Taken is false and it goes to a ticket. Nothing typed is lost: what
// becomes no answer goes along with the form.
package dialog

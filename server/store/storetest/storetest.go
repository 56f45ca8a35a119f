// Package storetest is the conformance suite of the store: what every method
// promises, whichever database is behind it. server/store runs it on SQLite in
// memory, SQLite in a file and PostgreSQL.
package storetest

import (
	"encoding/json"
	"testing"
	"time"

	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

// Opener opens a fresh, empty store that ends with the test.
type Opener func(t *testing.T) *store.Store

// Run runs the suite.
func Run(t *testing.T, open Opener) {
	for name, test := range map[string]func(*testing.T, *store.Store){
		"transactions":      testTransactions,
		"vitals":            testVitals,
		"panic":             testPanic,
		"counters":          testConcurrentCounters,
		"follower":          testFollowerMissesNothing,
		"tickets":           testTickets,
		"statuses":          testStatuses,
		"fields":            testFields,
		"messages":          testMessages,
		"versions":          testVersions,
		"notice refs":       testNoticeRefs,
		"lists":             testLists,
		"browse":            testBrowse,
		"mentions":          testMentions,
		"moves":             testMoves,
		"order of time":     testOrderOfTime,
		"ticket links":      testTicketLinks,
		"gone":              testGone,
		"burial":            testBurial,
		"timers":            testTimers,
		"blocked":           testBlocked,
		"people":            testPeople,
		"links":             testLinks,
		"request types":     testRequestTypes,
		"request versions":  testRequestVersions,
		"menu":              testMenu,
		"reference lists":   testReferenceLists,
		"list users":        testListUsers,
		"catalog version":   testCatalogVersion,
		"ticket answers":    testTicketAnswers,
		"ratings":           testRatings,
		"mail links":        testMailLinks,
		"followers":         testFollowers,
		"channels":          testChannels,
		"journal":           testJournal,
		"same object":       testSameObject,
		"dialogs":           testDialogs,
		"awaited":           testAwaited,
		"chat tickets":      testChatTickets,
		"ledger":            testLedger,
		"outbox":            testOutbox,
		"lanes":             testLanes,
		"late low id":       testLateLowID,
		"lost lease":        testLostLease,
		"rival claimers":    testRivalClaimers,
		"jobs":              testJobs,
		"leases":            testLeases,
		"sessions":          testSessions,
		"begun forms":       testBegunForms,
		"rival answers":     testRivalAnswers,
		"many begun forms":  testManyBegunForms,
		"tokens":            testTokens,
		"once":              testOnce,
		"uploads":           testUploads,
		"pages of persons":  testPersonPages,
		"foreign bytes":     testForeignBytes,
		"approvals":         testApprovals,
		"deputies":          testDeputies,
		"woken":             testWoken,
		"canceled waiting":  testCancelled,
		"handled violation": testHandledViolation,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// person stores somebody who asks.
func person(t *testing.T, s *store.Store, name string) people.Person {
	t.Helper()
	p := people.Person{ID: s.NewID(), Name: name, CreatedAt: s.Now(t.Context())}
	must(t, s.InsertPerson(t.Context(), p))
	return p
}

// ticket stores a ticket of a person, as changed by the caller.
func ticket(t *testing.T, s *store.Store, asker int64, change func(*tickets.Ticket)) tickets.Ticket {
	t.Helper()
	now := s.Now(t.Context())
	tk := tickets.Ticket{ID: s.NewID(), Version: 1, Subject: "Принтер", StatusID: 1, Category: tickets.New,
		Priority: tickets.Normal, RequesterID: asker, Tags: []string{"a"}, Followers: []int64{1, 2}, CreatedAt: now,
		UpdatedAt: now, LastSeq: 1, NewsSeq: 1, LastBy: tickets.ByPerson, Attention: now.UnixMilli()}
	if change != nil {
		change(&tk)
	}
	must(t, s.InsertTicket(t.Context(), &tk))
	return tk
}

// message stores a message of a ticket.
func message(t *testing.T, s *store.Store, tk tickets.Ticket, seq int64) tickets.Message {
	t.Helper()
	m := tickets.Message{ID: s.NewID(), TicketID: tk.ID, Seq: seq, Kind: tickets.Reply, Author: tickets.AsPerson(tk.RequesterID),
		AuthorAs: "Ира", Body: "текст", Files: []tickets.File{{Name: "a.png", Blob: "ab", Size: 3}}, Copies: []string{"b@c"},
		Warnings: []tickets.Sentence{{Key: "w"}}, CreatedAt: s.Now(t.Context())}
	must(t, s.InsertMessage(t.Context(), m))
	return m
}

func event(ticket, seq int64) tickets.Event {
	return tickets.Event{TicketID: ticket, Number: 1, Seq: seq, Type: tickets.MessageAdded, Actor: tickets.System(),
		At: time.UnixMilli(5).UTC(), Data: json.RawMessage(`{"message_id":"1"}`)}
}

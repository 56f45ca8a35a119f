// Package api answers programs: the REST API under /api/v1, its description as
// OpenAPI, and the page people read about it.
//
// A request goes: headers and forged-request check, then admit (token or
// session, scope, rate), then repeat (Idempotency-Key), then the handler, which
// calls the same use cases as the pages do. huma reads and checks the input by
// the Go types, which the OpenAPI document is made of too. A handler answers an
// error rather than writing one; problem.go has the one table that turns
// refusals into RFC 9457 problems in the caller's language.
//
// What happens in the desk is read from the log once, by tail, and handed to
// every open stream.
package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"okno/assets"
	"okno/assets/locale"
	"okno/channels"
	"okno/channels/hub"
	"okno/server/once"
	"okno/tickets"
	"okno/tickets/people"
)

// Deps is what the API is made of. All but Limits are required.
type Deps struct {
	Tickets *tickets.Service
	People  *people.Service
	Store   Store
	Hub     Hub
	Files   channels.Files
	Assets  *assets.Assets
	Locale  *locale.Catalog
	Now     func() time.Time
	Logger  *slog.Logger
	// Visitor answers who has signed in with the browser that asks; zero when
	// nobody has.
	Visitor func(c *gin.Context) (people.Agent, error)
	// PublicURL is where people reach the desk, without a slash at the end.
	PublicURL string
	Version   string // of the interface, for the OpenAPI document
	Limits    Limits
}

// Store is what the API reads beside the use cases, and where it keeps answers
// and files sent ahead.
type Store interface {
	once.Store
	AgentReader
	PersonReader
	UploadStore
	Log
	Ticket(ctx context.Context, id int64) (tickets.Ticket, error)
	TicketByNumber(ctx context.Context, number int64) (tickets.Ticket, error)
}

// AgentReader reads who works here.
type AgentReader interface {
	Agent(ctx context.Context, id int64) (people.Agent, error)
	AgentByEmail(ctx context.Context, email string) (people.Agent, error)
	Agents(ctx context.Context) ([]people.Agent, error)
	Team(ctx context.Context, id int64) (people.Team, error)
	Teams(ctx context.Context) ([]people.Team, error)
}

// PersonReader reads who asks.
type PersonReader interface {
	Person(ctx context.Context, id int64) (people.Person, error)
	PersonPage(ctx context.Context, after string, limit int) (list []people.Person, next string, err error)
	SearchPersons(ctx context.Context, words string, limit int) ([]people.Person, error)
	Identities(ctx context.Context, person int64) ([]people.Identity, error)
	IdentityOwner(ctx context.Context, network, address string) (people.Person, error)
}

// UploadStore keeps files until a message carries them.
type UploadStore interface {
	PutUpload(ctx context.Context, owner string, f tickets.File) (id int64, err error)
	Uploads(ctx context.Context, owner string, ids []int64) (map[int64]tickets.File, error)
}

// Hub is the channels and the ledger; *hub.Hub has it. Secrets it answers are
// blanked.
type Hub interface {
	Kinds() []channels.Kind
	Channels(ctx context.Context) ([]hub.Channel, error)
	Channel(ctx context.Context, by people.Agent, id int64) (hub.Channel, error)
	SaveChannel(ctx context.Context, by people.Agent, c hub.Channel) (hub.Channel, error)
	Ledger(ctx context.Context, by people.Agent, q hub.LedgerQuery) (hub.LedgerPage, error)
}

// API is the routes. Its methods may be called from any goroutine.
type API struct {
	Deps
	huma     huma.API
	cors     *http.CrossOriginProtection
	tail     *tail
	rates    *rates
	squeezer squeezer

	operations []*huma.Operation // in the order of the document
}

// New makes the API; Attach puts it on an engine.
func New(d Deps) (*API, error) {
	d.PublicURL = strings.TrimRight(d.PublicURL, "/")
	public, err := url.Parse(d.PublicURL)
	if err != nil {
		return nil, fmt.Errorf("read the public address: %w", err)
	}
	d.Limits = d.Limits.completed()
	a := &API{Deps: d, cors: http.NewCrossOriginProtection(), rates: newRates(d.Limits, d.Now)}
	// Behind a proxy that rewrites Host, Origin still names the public address.
	if err := a.cors.AddTrustedOrigin(public.Scheme + "://" + public.Host); err != nil {
		return nil, fmt.Errorf("trust the public address: %w", err)
	}
	a.tail = newTail(d.Store, d.Logger)
	return a, nil
}

// Run reads the log for the streams until ctx ends; then the streams end too.
func (a *API) Run(ctx context.Context) error { return a.tail.run(ctx) }

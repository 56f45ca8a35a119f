package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"okno/assets/locale"
	"okno/channels"
	"okno/channels/email"
	"okno/channels/hub"
	"okno/channels/markdown"
	"okno/channels/pretend"
	"okno/channels/telegram"
	"okno/server/config"
	"okno/server/health"
	"okno/server/password"
	"okno/server/secret"
	"okno/server/store"
	"okno/server/web"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// undoWindow is how long a reply can be undone.
const undoWindow = 10 * time.Second

// Rooms are the parts of the desk below the pages: enough for commands that
// change something and end.
type Rooms struct {
	Store   *store.Store
	Files   *store.Files
	People  *people.Service
	Tickets *tickets.Service
	Hub     *hub.Hub

	config config.Config
	keys   *secret.Keys
	words  *locale.Catalog
	find   *matcher
	blank  bool // a new desk gets no request types
	logger *slog.Logger
	now    func() time.Time
	owner  string // names this process in leases
	meters *health.Meters
	chat   *pretend.Network // nil unless the desk is only tried
}

// Open locks the data directory, opens the database and builds the use cases.
// Its errors are those of store.Open, wrapped.
func Open(ctx context.Context, c config.Config, o Options) (*Rooms, error) {
	return open(ctx, c, o, locked)
}

// Visit opens the rooms for a command that changes something and ends. Where
// several processes may share the database (PostgreSQL) it does not lock the
// data directory, so that the desk may go on running.
func Visit(ctx context.Context, c config.Config) (*Rooms, error) {
	if c.Database != "" {
		return open(ctx, c, Options{}, shared)
	}
	return open(ctx, c, Options{}, locked)
}

// hold is how the data directory is taken.
type hold int

const (
	locked hold = iota // nobody else may have it
	shared             // the database is a server's, and many processes may use it
	beside             // SQLite, which another process may be using
)

func open(ctx context.Context, c config.Config, o Options, how hold) (*Rooms, error) {
	r := &Rooms{config: c, logger: newLogger(o.Log, c), now: o.Now, owner: rand.Text(), meters: health.NewMeters()}
	if r.now == nil {
		r.now = time.Now
	}
	if err := r.openStore(ctx, o, how); err != nil {
		return nil, err
	}
	err := r.furnish(o)
	if err == nil && how == locked {
		err = r.Files.DropDrafts(r.abandoned())
	}
	if err != nil {
		return nil, errors.Join(err, r.Store.Close())
	}
	return r, nil
}

// draftLasts is more than any file takes to be put.
const draftLasts = 24 * time.Hour

// abandoned is the time before which drafts of files belong to nobody. With
// PostgreSQL other processes may share the folder of files.
func (r *Rooms) abandoned() time.Time {
	if r.config.Database == "" {
		return r.now()
	}
	return r.now().Add(-draftLasts)
}

// openStore locks before it makes the secret, so that of two first starts one
// is refused before either has written anything.
func (r *Rooms) openStore(ctx context.Context, o Options, how hold) (err error) {
	dir := r.config.Data
	if how == shared {
		dir = ""
	}
	seal := &lateSealer{load: func() (*secret.Keys, error) { return secret.Load(r.config.KeyFile()) }}
	r.Store, err = store.Open(ctx, store.Options{
		Dir: dir, Beside: how == beside, URL: r.config.Database, Now: r.now, Sealer: seal, Logger: r.logger, Step: o.Step,
		Metered: r.meters.Committed,
	})
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	if r.keys, err = seal.keys(); err != nil {
		return errors.Join(err, r.Store.Close())
	}
	return nil
}

func (r *Rooms) furnish(o Options) (err error) {
	if r.words, err = locale.New(); err != nil {
		return fmt.Errorf("read translations: %w", err)
	}
	if o.UndoWindow == 0 {
		o.UndoWindow = undoWindow
	}
	switch {
	case o.Demo:
		o.Kinds = r.pretended()
	case o.Kinds == nil:
		o.Kinds = kinds()
	}
	r.blank = o.Blank
	r.Files = r.Store.Files(filepath.Join(r.config.Data, "files"))
	r.People = people.NewService(r.Store, password.New())
	r.Tickets = tickets.NewService(r.Store, tickets.Options{UndoWindow: o.UndoWindow, Say: r.told})
	if r.find, err = newMatcher(r.Tickets); err != nil {
		return err
	}
	r.Hub = r.newHub(o.Kinds)
	return nil
}

// kinds is the list of channels: a new one is one more line.
func kinds() []channels.Kind {
	return []channels.Kind{
		email.Kind(),
		telegram.Kind(),
	}
}

func (r *Rooms) newHub(kinds []channels.Kind) *hub.Hub {
	return hub.New(hub.Options{
		Store: r.Store, Records: r.Store, Tickets: r.Tickets, People: r.People,
		Files: r.Files, Signer: r.keys, Kinds: kinds, Owner: r.owner,
		Say: r.say, Desk: r.desk, Language: r.language, HookURL: r.hookURL, ApprovalURL: r.approvalURL, FormURL: r.formURL, Clock: r.now,
		Burst: burst, Requests: r.Tickets, Find: r.find.find, Zone: time.Local, Logger: r.logger,
	})
}

// burst is how long news of a ticket wait for more of them.
const burst = 2 * time.Second

// hookURL is where the network of a channel may call us. Networks call over
// https only, so there is none while the public address is another.
func (r *Rooms) hookURL(channel int64) string {
	public := strings.TrimRight(r.config.PublicURL, "/")
	if !strings.HasPrefix(public, "https://") {
		return ""
	}
	return public + "/hooks/" + strconv.FormatInt(channel, 10)
}

// approvalURL is where a question of approval is answered. Whoever has the link
// answers it, so it is signed and goes to one person.
func (r *Rooms) approvalURL(approval int64) string {
	return r.public() + web.ApprovalPath(r.keys, approval)
}

// formURL is where a form is filled that has some answers already. Nobody is
// led there unasked while the desk has no public address.
func (r *Rooms) formURL(key string, answers forms.Answers, ticket int64) string {
	if r.config.PublicURL == "" {
		return ""
	}
	return r.public() + web.FormPath(key, answers, ticket)
}

// public is the address of the desk, without a slash at its end.
func (r *Rooms) public() string { return strings.TrimRight(r.config.URL(r.config.Listen), "/") }

// told puts a sentence of the desk into a language as Markdown, in which the
// words of people are only words, on further lines of a quotation too.
func (r *Rooms) told(language string, x tickets.Sentence) string {
	args := make(map[string]string, len(x.Args))
	for name, value := range x.Args {
		args[name] = strings.ReplaceAll(markdown.Escape(value), "\n", "\n> ")
	}
	return r.say(language, channels.Text{Key: x.Key, Args: args})
}

// say puts a sentence into a language.
func (r *Rooms) say(language string, t channels.Text) string {
	return r.translated(r.language(context.Background(), language), t.Key, t.Args)
}

// language is the one to write in to somebody whose own is known, or "": the
// desk's own where it does not speak theirs.
func (r *Rooms) language(ctx context.Context, known string) string {
	if slices.Contains(locale.Languages(), known) {
		return known
	}
	return r.setting(ctx, "desk.language")
}

// Explain puts a refusal into English, for the command line.
func (r *Rooms) Explain(key string, args map[string]string) string {
	return r.translated("en", key, args)
}

func (r *Rooms) translated(language, key string, args map[string]string) string {
	pairs := make([]any, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, name, value)
	}
	return r.words.T(language)(key, pairs...)
}

// desk is the desk's name, as people see it.
func (r *Rooms) desk(ctx context.Context) string {
	if name := r.setting(ctx, "desk.name"); name != "" {
		return name
	}
	return "Okno"
}

// setting answers "" for a setting that is missing or cannot be read: a mail
// under the usual name is better than none.
func (r *Rooms) setting(ctx context.Context, key string) string {
	value, err := r.Store.Setting(ctx, key)
	if err != nil {
		r.logger.Warn("read setting", "key", key, "error", err)
	}
	return value
}

// Close closes the database and unlocks the data directory.
func (r *Rooms) Close() error {
	if err := r.Store.Close(); err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}

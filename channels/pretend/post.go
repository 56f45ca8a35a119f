package pretend

import (
	"context"
	"errors"

	"okno/channels"
)

// Post describes a mailbox that takes every mail and brings none, so that
// nobody gets a letter from a desk that is only tried.
func Post() channels.Kind {
	return channels.Kind{
		Name: PostKind, Address: "address",
		Fields: []channels.Field{{Key: "address", Type: channels.FieldText, Required: true}},
		Open:   func(channels.Connection, channels.Deps) (channels.Adapter, error) { return post{}, nil },
		Check:  nothingToCheck,
	}
}

// nothingToCheck reports that the settings are good, as they always are.
func nothingToCheck(_ context.Context, _ channels.Connection, _ channels.Deps, report func(channels.Step)) {
	report(channels.Step{OK: true, Label: channels.Text{Key: "pretend.check"}})
}

type post struct{}

// Name implements channels.Adapter.
func (post) Name() string { return PostKind }

// Run implements channels.Adapter.
func (post) Run(ctx context.Context, in channels.Sink) error {
	in.Report(ctx, channels.State{OK: true})
	<-ctx.Done()
	return nil
}

// errNothingComes is the answer to an event, of which there are none.
var errNothingComes = errors.New("the pretend post brings nothing")

// Decode implements channels.Adapter.
func (post) Decode(context.Context, channels.Event) (channels.Inbound, error) {
	return channels.Inbound{}, errNothingComes
}

// Send implements channels.Adapter. The key is id enough: nobody reads the mail.
func (post) Send(_ context.Context, out channels.Outbound) (channels.Receipt, error) {
	return channels.Receipt{ID: out.Key + "@pretend.example"}, nil
}

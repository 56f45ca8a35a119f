package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"okno/tickets/people"
)

// Person is somebody who asks.
type Person struct {
	ID        string    `json:"id" example:"7260152823513001"`
	Name      string    `json:"name" example:"Ira Orlova"`
	Language  string    `json:"language,omitempty" enum:"en,ru" doc:"The language the desk writes to them in; missing when it does not know."`
	Note      string    `json:"note,omitempty" doc:"What agents keep about the person."`
	Blocked   bool      `json:"blocked" doc:"What they write makes no ticket."`
	Addresses []Address `json:"addresses" nullable:"false"`
	CreatedAt time.Time `json:"created_at"`
}

// Address is where a person can be reached.
type Address struct {
	Network     string `json:"network" example:"email"`
	Address     string `json:"address" example:"ira@example.org"`
	Verified    bool   `json:"verified" doc:"They have proved that it is theirs."`
	Unreachable string `json:"unreachable,omitempty" doc:"Why nothing can be delivered there."`
}

type personFilters struct {
	Q     string `query:"q" maxLength:"200" doc:"The beginning of a name or an address. The best 50 are answered, on one page." example:"ira"`
	Email string `query:"email" maxLength:"254" doc:"A whole mail address." example:"ira@example.org"`
	Page
}

// OfPerson names a person in an address.
type OfPerson struct {
	ID string `path:"id" doc:"Id of the person." example:"7260152823513001"`
}

type newPersonIn struct {
	Body struct {
		Name     string `json:"name,omitempty" maxLength:"100" example:"Ira Orlova"`
		Email    string `json:"email" maxLength:"254" example:"ira@example.org"`
		Language string `json:"language,omitempty" enum:"en,ru"`
		Note     string `json:"note,omitempty" maxLength:"5000"`
	}
}

type personChangeIn struct {
	OfPerson
	Body struct {
		Name     *string `json:"name,omitempty" minLength:"1" maxLength:"100"`
		Language *string `json:"language,omitempty" enum:"en,ru"`
		Note     *string `json:"note,omitempty" maxLength:"5000"`
		Blocked  *bool   `json:"blocked,omitempty" doc:"true: what they write from now on makes no ticket; it stays in the ledger."`
	}
}

type personOut struct {
	Location string `header:"Location"`
	Body     Person
}

func (a *API) addPersons() {
	p := func(method, path, id, summary string, scope people.Scope) route {
		return route{method: method, path: "/persons" + path, id: id, tag: "Persons", scope: scope, summary: summary}
	}
	add(a, p(http.MethodGet, "", "listPersons", "List or find persons", people.ScopeRead), a.listPersons)
	fresh := p(http.MethodPost, "", "addPerson", "Make a person known", people.ScopeWrite)
	fresh.status = http.StatusCreated
	fresh.text = "Opening a ticket does so by itself. An address the desk knows is refused; find its person with `?email=`."
	add(a, fresh, a.addPerson)
	add(a, p(http.MethodGet, "/{id}", "getPerson", "Read a person", people.ScopeRead), a.getPerson)
	add(a, p(http.MethodPatch, "/{id}", "changePerson", "Change a person", people.ScopeWrite), a.changePerson)
}

func (a *API) listPersons(ctx context.Context, _ caller, in *personFilters) (*list[Person], error) {
	found, next, err := a.personsFound(ctx, in)
	if err != nil {
		return nil, err
	}
	out := make([]Person, len(found))
	for i, p := range found {
		if out[i], err = a.person(ctx, p); err != nil {
			return nil, err
		}
	}
	return listOf(out, next), nil
}

func (a *API) personsFound(ctx context.Context, in *personFilters) ([]people.Person, string, error) {
	switch {
	case in.Email != "":
		p, err := a.Store.IdentityOwner(ctx, mailNetwork, strings.ToLower(in.Email))
		if isMissing(err) {
			return nil, "", nil
		}
		return []people.Person{p}, "", err
	case in.Q != "":
		list, err := a.Store.SearchPersons(ctx, in.Q, 50)
		return list, "", err
	}
	return a.Store.PersonPage(ctx, in.Cursor, in.Limit)
}

func (a *API) addPerson(ctx context.Context, _ caller, in *newPersonIn) (*personOut, error) {
	p, err := a.People.Introduce(ctx, people.Person{Name: in.Body.Name, Language: in.Body.Language, Note: in.Body.Note}, in.Body.Email)
	if err != nil {
		return nil, err
	}
	out, err := a.personOut(ctx, p)
	if err == nil {
		out.Location = prefix + "/persons/" + id(p.ID)
	}
	return out, err
}

func (a *API) getPerson(ctx context.Context, _ caller, in *OfPerson) (*personOut, error) {
	n, err := idOf(in.ID)
	if err != nil {
		return nil, err
	}
	p, err := a.Store.Person(ctx, n)
	if err != nil {
		return nil, err
	}
	return a.personOut(ctx, p)
}

func (a *API) changePerson(ctx context.Context, by caller, in *personChangeIn) (*personOut, error) {
	n, err := idOf(in.ID)
	if err != nil {
		return nil, err
	}
	var p people.Person
	err = a.Store.InTx(ctx, func(ctx context.Context) error {
		c := people.PersonChange{Name: in.Body.Name, Language: in.Body.Language, Note: in.Body.Note}
		if p, err = a.People.ChangePerson(ctx, n, c); err != nil {
			return err
		}
		if in.Body.Blocked == nil || *in.Body.Blocked == p.Blocked {
			return nil
		}
		change := a.Tickets.Block
		if !*in.Body.Blocked {
			change = a.Tickets.Unblock
		}
		if err := change(ctx, by.actor(), n); err != nil {
			return err
		}
		p, err = a.Store.Person(ctx, n)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.personOut(ctx, p)
}

func (a *API) personOut(ctx context.Context, p people.Person) (*personOut, error) {
	shown, err := a.person(ctx, p)
	return &personOut{Body: shown}, err
}

func (a *API) person(ctx context.Context, p people.Person) (Person, error) {
	out := Person{ID: id(p.ID), Name: p.Name, Language: p.Language, Note: p.Note, Blocked: p.Blocked, Addresses: []Address{}, CreatedAt: p.CreatedAt}
	known, err := a.Store.Identities(ctx, p.ID)
	for _, i := range known {
		out.Addresses = append(out.Addresses, Address{
			Network: i.Network, Address: i.Address, Verified: !i.VerifiedAt.IsZero(), Unreachable: i.Unreachable,
		})
	}
	return out, err
}

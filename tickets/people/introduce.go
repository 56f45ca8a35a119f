package people

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// longestNote is what agents can keep about a person, in characters.
const longestNote = 5000

// Introduce makes a person known by a mail address nobody has yet.
func (s *Service) Introduce(ctx context.Context, p Person, email string) (Person, error) {
	email, err := typedEmail(email)
	if err != nil {
		return Person{}, err
	}
	if p.Name == "" {
		p.Name = email
	}
	if p, err = typedPerson(p); err != nil {
		return Person{}, err
	}
	err = s.store.InTx(ctx, func(ctx context.Context) error {
		p.ID, p.CreatedAt = s.store.NewID(), s.store.Now(ctx)
		return s.store.InsertKnown(ctx, p, Identity{PersonID: p.ID, Network: mailNetwork, Address: email})
	})
	if errors.Is(err, ErrTaken) {
		return Person{}, fault(invalid, "email", "error.people.person.taken")
	}
	return p, err
}

// PersonChange is what agents change about a person; nil leaves it.
type PersonChange struct{ Name, Language, Note *string }

// ChangePerson changes what is known about somebody who asks. Agents change
// their own name in their profile.
func (s *Service) ChangePerson(ctx context.Context, id int64, c PersonChange) (p Person, err error) {
	err = s.store.InTx(ctx, func(ctx context.Context) error {
		if p, err = s.store.Person(ctx, id); err != nil {
			return err
		}
		for to, from := range map[*string]*string{&p.Name: c.Name, &p.Language: c.Language, &p.Note: c.Note} {
			if from != nil {
				*to = *from
			}
		}
		if p, err = typedPerson(p); err != nil {
			return err
		}
		if err := s.store.UpdatePerson(ctx, p); err != nil {
			return fmt.Errorf("update person: %w", err)
		}
		return nil
	})
	if errors.Is(err, ErrMissing) {
		return Person{}, fault(missing, "", "error.people.person.missing")
	}
	return p, err
}

// typedPerson checks what was typed about a person.
func typedPerson(p Person) (Person, error) {
	var err error
	if p.Name, err = typedName(p.Name); err != nil {
		return p, err
	}
	if !slices.Contains([]string{"", "ru", "en"}, p.Language) {
		return p, fault(invalid, "language", "error.people.language")
	}
	if p.Note = strings.TrimSpace(p.Note); utf8.RuneCountInString(p.Note) > longestNote {
		return p, tooLong("note", "error.people.note.long", longestNote)
	}
	return p, nil
}

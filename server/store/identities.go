package store

import (
	"context"
	"errors"

	"okno/tickets/people"
)

// IdentityOwner implements people.IdentityStore.
func (s *Store) IdentityOwner(ctx context.Context, network, address string) (people.Person, error) {
	var r personRow
	err := s.get(ctx, &r, `SELECT `+personColumns+` FROM identities i JOIN persons p ON p.id = i.person_id
		WHERE i.network = $1 AND i.address = $2`, network, key(address))
	return r.person(), err
}

// Identities implements people.IdentityStore.
func (s *Store) Identities(ctx context.Context, person int64) ([]people.Identity, error) {
	var rows []struct {
		Network, Address, Unreachable string
		VerifiedAt                    int64 `db:"verified_at"`
	}
	err := s.list(ctx, &rows, `SELECT network, address, unreachable, verified_at FROM identities
		WHERE person_id = $1 ORDER BY network, address`, person)
	found := make([]people.Identity, len(rows))
	for i, r := range rows {
		found[i] = people.Identity{PersonID: person, Network: r.Network, Address: r.Address,
			VerifiedAt: at(r.VerifiedAt), Unreachable: r.Unreachable}
	}
	return found, err
}

// PutIdentity implements people.IdentityStore.
func (s *Store) PutIdentity(ctx context.Context, i people.Identity) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		source := i.Network + ":" + key(i.Address)
		if _, err := s.exec(ctx, `DELETE FROM person_words WHERE source = $1 AND person_id IN
			(SELECT person_id FROM identities WHERE network = $2 AND address = $3)`, source, i.Network, key(i.Address)); err != nil {
			return err
		}
		_, err := s.exec(ctx, `INSERT INTO identities (network, address, person_id, verified_at, unreachable)
			VALUES ($1, $2, $3, $4, $5) ON CONFLICT (network, address) DO UPDATE SET
			person_id = excluded.person_id, verified_at = excluded.verified_at, unreachable = excluded.unreachable`,
			i.Network, key(i.Address), i.PersonID, ms(i.VerifiedAt), i.Unreachable)
		if err != nil {
			return err
		}
		return s.putWords(ctx, i.PersonID, source, map[string]int{hexWord(i.Address): 2})
	})
}

// InsertKnown implements people.IdentityStore. The person has to be there before
// the address that names it, and goes again when the address turns out taken.
func (s *Store) InsertKnown(ctx context.Context, p people.Person, i people.Identity) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		if err := s.InsertPerson(ctx, p); err != nil {
			return err
		}
		n, err := s.exec(ctx, `INSERT INTO identities (network, address, person_id, verified_at, unreachable)
			VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
			i.Network, key(i.Address), p.ID, ms(i.VerifiedAt), i.Unreachable)
		if err != nil {
			return err
		}
		if n == 0 {
			return errors.Join(people.ErrTaken, s.forget(ctx, p.ID))
		}
		return s.putWords(ctx, p.ID, i.Network+":"+key(i.Address), map[string]int{hexWord(i.Address): 2})
	})
}

// forget removes a person nothing names yet.
func (s *Store) forget(ctx context.Context, person int64) error {
	if _, err := s.exec(ctx, `DELETE FROM person_words WHERE person_id = $1`, person); err != nil {
		return err
	}
	_, err := s.exec(ctx, `DELETE FROM persons WHERE id = $1`, person)
	return err
}

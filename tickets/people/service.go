package people

import (
	"context"
	"errors"
)

// Hasher hashes passwords and compares them; the desk passes argon2id.
type Hasher interface {
	Hash(password string) (string, error)
	Matches(password, hash string) (bool, error)
}

// Service is the list of use cases around people. Methods that change settings
// check that by is an administrator; the zero Agent stands for the desk itself.
type Service struct {
	store  Store
	hasher Hasher
}

// NewService makes the use cases over a store.
func NewService(s Store, h Hasher) *Service { return &Service{store: s, hasher: h} }

// Fault is a refusal about people: a key of assets/locale, its arguments and
// the input it belongs to. Kind is one of the kinds of tickets.Error.
type Fault struct {
	Kind, Field, Message string
	Args                 map[string]string
}

// Error implements error.
func (f *Fault) Error() string { return f.Kind + " " + f.Message }

// SetUp says whether an administrator exists.
func (s *Service) SetUp(ctx context.Context) (bool, error) { return false, errors.ErrUnsupported }

// SetupLink makes a fresh set-up link and answers its secret; earlier ones end.
func (s *Service) SetupLink(ctx context.Context) (secret string, err error) {
	return "", errors.ErrUnsupported
}

// NewAccount is what somebody types to become an agent.
type NewAccount struct {
	Name, Email, Password, Language string
}

// FirstAdministrator uses a set-up link. An empty secret is allowed only for
// the desk itself (unattended first start).
func (s *Service) FirstAdministrator(ctx context.Context, secret string, n NewAccount) (Agent, error) {
	return Agent{}, errors.ErrUnsupported
}

// Invite makes an agent without a password and a link to choose one.
func (s *Service) Invite(ctx context.Context, by Agent, name, email string, role Role, teams []int64) (a Agent, secret string, err error) {
	return Agent{}, "", errors.ErrUnsupported
}

// LinkAgent answers whom an unused invite or reset link belongs to.
func (s *Service) LinkAgent(ctx context.Context, secret string) (Agent, error) {
	return Agent{}, errors.ErrUnsupported
}

// Accept uses an invite or reset link: the agent chooses name, password and language.
func (s *Service) Accept(ctx context.Context, secret string, n NewAccount) (Agent, error) {
	return Agent{}, errors.ErrUnsupported
}

// NewLink makes a reset link (or a new invite link) for an agent.
func (s *Service) NewLink(ctx context.Context, by Agent, agent int64) (secret string, err error) {
	return "", errors.ErrUnsupported
}

// SignIn answers the agent whose e-mail and password these are. Unknown address
// and wrong password give the same Fault after the same work.
func (s *Service) SignIn(ctx context.Context, email, password string) (Agent, error) {
	return Agent{}, errors.ErrUnsupported
}

// ChangeAgent changes role, teams and whether the agent may sign in. The last
// administrator cannot be disabled or demoted.
func (s *Service) ChangeAgent(ctx context.Context, by Agent, agent int64, role Role, disabled bool, teams []int64) error {
	return errors.ErrUnsupported
}

// Profile is what agents change about themselves.
type Profile struct {
	Name, Language, Theme, TimeZone, Signature string
}

// ChangeProfile changes the agent's own profile.
func (s *Service) ChangeProfile(ctx context.Context, by Agent, p Profile) (Agent, error) {
	return Agent{}, errors.ErrUnsupported
}

// ChangePassword changes the agent's own password.
func (s *Service) ChangePassword(ctx context.Context, by Agent, old, fresh string) error {
	return errors.ErrUnsupported
}

// SaveTeam makes (ID 0) or changes a team with its members.
func (s *Service) SaveTeam(ctx context.Context, by Agent, t Team) (Team, error) {
	return Team{}, errors.ErrUnsupported
}

// Known answers the person behind an address and makes one at the first sight.
func (s *Service) Known(ctx context.Context, network, address, name, language string) (Person, error) {
	return Person{}, errors.ErrUnsupported
}

// AgentBehind answers the agent whose person owns the address; ErrMissing when
// it is no agent's.
func (s *Service) AgentBehind(ctx context.Context, network, address string) (Agent, error) {
	return Agent{}, errors.ErrUnsupported
}

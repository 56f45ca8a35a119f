package people

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
	dummy  *dummy
}

// NewService makes the use cases over a store.
func NewService(s Store, h Hasher) *Service {
	return &Service{store: s, hasher: h, dummy: &dummy{}}
}

package people

// Fault is a refusal about people: a key of assets/locale, its arguments and
// the input it belongs to. Kind is one of the kinds of tickets.Error.
type Fault struct {
	Kind, Field, Message string
	Args                 map[string]string
}

// Error implements error.
func (f *Fault) Error() string { return f.Kind + " " + f.Message }

// The kinds of faults, as tickets.Error names them.
const (
	invalid = "invalid"
	denied  = "denied"
	missing = "missing"
	blocked = "blocked"
)

func fault(kind, field, message string) *Fault {
	return &Fault{Kind: kind, Field: field, Message: message}
}

// administrators refuses everybody but administrators and the desk itself.
func administrators(by Agent) error {
	if by.ID == 0 || by.Role == Administrator && !by.Disabled {
		return nil
	}
	return fault(denied, "", "error.people.denied")
}

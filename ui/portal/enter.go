package portal

// SignIn asks for the address a link is sent to. Other ways in stand beside it
// once there are some.
type SignIn struct {
	Email string
	Next  string // local path to go to afterwards
	Error string
}

// Link is what a link sent by mail leads to, before it is used.
type Link struct {
	Address string // of the form that uses it
	Email   string
	Form    string // name of the form that is sent with it; "" for none
}

package tickets

// View is one of the lists in the rail.
type View string

// The views.
const (
	ViewMine       View = "mine"       // active, assigned to me
	ViewUnassigned View = "unassigned" // active, nobody's
	ViewOpen       View = "open"       // all active
	ViewWaiting    View = "waiting"    // active, waiting for the requester
	ViewMentions   View = "mentions"   // where I was named
	ViewSolved     View = "solved"     // solved and closed
	ViewSpam       View = "spam"
	ViewDeleted    View = "deleted" // within their grace; administrators only
)

// Views is the order of the rail; administrators see ViewDeleted besides.
func Views() []View {
	return []View{ViewMine, ViewUnassigned, ViewOpen, ViewWaiting, ViewMentions, ViewSolved, ViewSpam}
}

// viewsOf answers the views an agent may see.
func viewsOf(by Actor) []View {
	if onlyAdministrators(by) == nil {
		return append(Views(), ViewDeleted)
	}
	return Views()
}

// ListQuery asks for one page of a view.
type ListQuery struct {
	View    View
	AgentID int64  // whose: for Mine, Mentions and the unread marks
	TeamID  int64  // only this team's; 0: all. Combines with ViewOpen only.
	After   string // Page.Next of the page before; "" for the first
	Limit   int    // rows, 1 to 200
}

// Page is a part of a list.
type Page struct {
	Rows []Row
	Next string // cursor of the next page, "" when this is the last
}

// Row is a ticket as a list shows it.
type Row struct {
	Ticket
	Requester   string // name
	Assignee    string // name, "" when nobody
	ChannelKind string // "email"; "" when made by hand
	Unread      bool   // something happened since the agent looked
}

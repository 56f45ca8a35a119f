package tickets

// statuses is the list an administrator keeps, by position.
type statuses []Status

// categories answers what each status means, by its id.
func (l statuses) categories() map[int64]Category {
	m := make(map[int64]Category, len(l))
	for _, s := range l {
		m[s.ID] = s.Category
	}
	return m
}

// first answers the id of the first status of a category, 0 when there is none.
func (l statuses) first(c Category) int64 {
	for _, s := range l {
		if s.Category == c {
			return s.ID
		}
	}
	return 0
}

// has says whether there is such a status.
func (l statuses) has(id int64) bool {
	_, ok := l.find(id)
	return ok
}

// find answers the status with this id.
func (l statuses) find(id int64) (Status, bool) {
	for _, s := range l {
		if s.ID == id {
			return s, true
		}
	}
	return Status{}, false
}

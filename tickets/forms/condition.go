package forms

// Holds says whether a condition holds for some answers.
func (c Condition) Holds(t RequestType, a Answers) bool {
	switch {
	case c.All != nil:
		for _, x := range c.All {
			if !x.Holds(t, a) {
				return false
			}
		}
		return true
	case c.Any != nil:
		for _, x := range c.Any {
			if x.Holds(t, a) {
				return true
			}
		}
		return false
	}
	return c.compares(a[c.Step])
}

func (c Condition) compares(answer string) bool {
	switch c.Is {
	case Equal:
		return answer == c.To
	case NotEqual:
		return answer != c.To
	case Empty:
		return answer == ""
	case Answered:
		return answer != ""
	}
	return false
}

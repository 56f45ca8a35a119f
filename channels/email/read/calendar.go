package read

func (w *walker) calendar(p part) { w.attach(p, p.content) }
func isTNEF(part) bool            { return false }
func (w *walker) tnef(p part)     { w.attach(p, p.content) }
func isSigned(part) bool          { return false }
func (w *walker) signed(p part)   { w.attach(p, p.content) }

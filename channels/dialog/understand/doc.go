// Package understand reads what free text already says: days, times, periods,
// telephone numbers, addresses, car plates, amounts and options, in Russian and
// English. It owns the grammar of these, the choice of the steps they answer, and
// which texts of a request type free text is matched with.
//
// It would rather ask than guess. A text is divided into tokens; finders look for
// one kind of thing each, the surest first, and take the tokens they have read, so
// that a price is no date and a telephone number no amount. A step gets an answer
// only where exactly one thing fits it and the thing fits no other step. Texts and
// long texts are never filled.
//
// Everything is pure: now is given, and its zone says which day it is. A date
// without a year is the nearest that is not past; a weekday is the nearest after
// today.
package understand

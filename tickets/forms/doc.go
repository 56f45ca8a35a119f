// Package forms is request types as data: what a person may ask for, which steps
// lead there, which conditions hide some of them, who has to approve, and the
// menu all this is found in. It owns the definitions, the checks of a definition
// and of answers, and Next, which says what is asked now.
//
// Everything is pure: no clock, no I/O. The same definition and the same answers
// give the same next step in every chat and on every page. A definition is a
// version of its own once it is published; whoever began with one ends with it.
//
// Answers are canonical texts of package fields, so they do not depend on who
// typed them where.
package forms

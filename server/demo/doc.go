// Package demo makes desks that look used: a small one to look around in, and
// with Fill one of any size to measure by.
//
// Fill plays two years of a desk. Every ticket is a story of a few steps, each
// at its own time; the steps of all stories are played in the order of time
// through the real use cases of package tickets. What these write is kept in
// memory and brought to the store in large transactions (writer.go), so that
// each of them leaves a state in which the desk could have been. Chance comes
// from a seed alone: the same seed makes the same desk, whatever the database.
// Inspect reads a desk back, checks every ticket against its events and answers
// a hash of what the desk holds.
package demo

package tickets

import (
	"cmp"
	"slices"
	"strconv"
)

// edited answers a sorted list without removed and with added, each once. The
// list it is given stays as it was.
func edited[T cmp.Ordered](list, added, removed []T) []T {
	var out []T
	for _, x := range list {
		if !slices.Contains(removed, x) {
			out = append(out, x)
		}
	}
	out = append(out, added...)
	slices.Sort(out)
	return slices.Compact(out)
}

// difference says how to get from one sorted list to another.
func difference[T cmp.Ordered](from, to []T) (added, removed []T) {
	for _, x := range to {
		if !slices.Contains(from, x) {
			added = append(added, x)
		}
	}
	for _, x := range from {
		if !slices.Contains(to, x) {
			removed = append(removed, x)
		}
	}
	return added, removed
}

// common answers what two sorted lists share.
func common[T cmp.Ordered](a, b []T) []T {
	var out []T
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// number reads an id the log wrote; what it did not write is nobody's id.
func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func numbers(texts []string) []int64 {
	var out []int64
	for _, t := range texts {
		out = append(out, number(t))
	}
	return out
}

func textOf[N ~int | ~int64](n N) string { return strconv.FormatInt(int64(n), 10) }

func texts(ns []int64) []string {
	var out []string
	for _, n := range ns {
		out = append(out, textOf(n))
	}
	return out
}

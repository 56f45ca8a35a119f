// Package index finds documents by words, in Russian and in English. It owns the
// analysis of texts and the scores, and knows documents, no domain: request
// types today, articles and tickets later.
package index

package secret

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"

	"okno/channels"
)

var _ channels.Signer = (*Keys)(nil)

// markBytes of the HMAC are kept: 80 bits, sixteen letters, short enough for
// the local part of a mail address and far beyond guessing.
const markBytes = 10

// Sign answers sixteen lower-case letters and digits that prove we named the
// ticket for this purpose.
func (k *Keys) Sign(purpose string, ticket int64) string {
	sum := digest(k.purposeKey(purpose), strconv.FormatInt(ticket, 10))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:markBytes]))
}

// Verify compares in constant time. Mail servers may change the case of an
// address, so the case does not count.
func (k *Keys) Verify(purpose string, ticket int64, mark string) bool {
	want := k.Sign(purpose, ticket)
	return hmac.Equal([]byte(want), []byte(strings.ToLower(mark)))
}

// purposeKey keeps the purposes apart, whatever their names contain.
func (k *Keys) purposeKey(purpose string) []byte { return digest(k.sign, purpose) }

func digest(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

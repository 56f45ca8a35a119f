// Command client drives a desk with nothing but what was generated from its
// OpenAPI document: go run . URL TOKEN.
package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
)

func main() {
	if err := drive(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func drive(ctx context.Context, url, token string) error {
	bearer := func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+token)
		return nil
	}
	c, err := NewClientWithResponses(url, WithRequestEditorFn(bearer))
	if err != nil {
		return err
	}
	sent, err := c.UploadFileWithBodyWithResponse(ctx, &UploadFileParams{Name: ptr("a.txt")}, "text/plain", bytes.NewBufferString("bytes"))
	if err != nil || sent.JSON201 == nil {
		return fmt.Errorf("upload: %v %s", err, sent.Body)
	}
	made, err := c.OpenTicketWithResponse(ctx, nil, NewTicket{
		Subject: ptr("Printer"), Body: ptr("It hums"), Requester: Asker{Email: ptr("ira@example.org")}, Attachments: ptr([]string{sent.JSON201.Id}),
	})
	if err != nil || made.JSON201 == nil {
		return fmt.Errorf("open: %v %s", err, made.Body)
	}
	return goOn(ctx, c, made.JSON201.Number, made.HTTPResponse.Header.Get("ETag"))
}

func goOn(ctx context.Context, c *ClientWithResponses, number int64, version string) error {
	changed, err := c.ChangeTicketWithResponse(ctx, number, &ChangeTicketParams{IfMatch: &version}, TicketChange{Subject: ptr("Scanner")})
	if err != nil || changed.JSON200 == nil || changed.JSON200.Subject != "Scanner" {
		return fmt.Errorf("change: %v %s", err, changed.Body)
	}
	stale, err := c.ChangeTicketWithResponse(ctx, number, &ChangeTicketParams{IfMatch: &version}, TicketChange{Subject: ptr("Copier")})
	if err != nil || stale.ApplicationproblemJSONDefault == nil || stale.StatusCode() != http.StatusPreconditionFailed {
		return fmt.Errorf("change an old version: %v %s", err, stale.Body)
	}
	said, err := c.AddMessageWithResponse(ctx, number, nil, NewMessage{Kind: "reply", Body: "Try **again**"})
	if err != nil || said.JSON201 == nil {
		return fmt.Errorf("reply: %v %s", err, said.Body)
	}
	found, err := c.ListTicketsWithResponse(ctx, &ListTicketsParams{Status: ptr("open"), Limit: ptr(int64(5))})
	if err != nil || found.JSON200 == nil || len(found.JSON200.Items) != 1 {
		return fmt.Errorf("list: %v %s", err, found.Body)
	}
	events, err := c.ListEventsWithResponse(ctx, &ListEventsParams{After: ptr(int64(0))})
	if err != nil || events.JSON200 == nil || len(events.JSON200.Items) < 4 {
		return fmt.Errorf("events: %v %s", err, events.Body)
	}
	fmt.Println("works")
	return nil
}

func ptr[T any](v T) *T { return &v }

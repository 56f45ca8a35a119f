package hub_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/tickets"
)

// called is an adapter whose network calls it with the text of a message.
type called struct{ channels.Adapter }

// Hook implements channels.Hooked.
func (called) Hook(w http.ResponseWriter, r *http.Request, in channels.Sink) {
	text, err := io.ReadAll(r.Body)
	if err == nil {
		e := channeltest.Event(r.Header.Get("Delivery"), channels.Inbound{From: address("5"), Text: string(text)})
		_, err = in.Receive(r.Context(), e)
	}
	if err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
	}
}

// hooked is a house whose channel is called by its network.
func hooked(t *testing.T) (*house, *channels.Deps) {
	t.Helper()
	net := channeltest.New()
	k := net.Kind()
	open, given := k.Open, &channels.Deps{}
	k.Open = func(c channels.Connection, d channels.Deps) (channels.Adapter, error) {
		*given = d
		a, err := open(c, d)
		return called{a}, err
	}
	return houseOn(t, "memory", net, k), given
}

func post(h *hub.Hub, channel int64, key, text string) (int, error) {
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/hooks/1", strings.NewReader(text))
	r.Header.Set("Delivery", key)
	err := h.Hook(w, r, channel)
	return w.Code, err
}

func TestCallsOfANetworkAreStoredInAnyProcess(t *testing.T) {
	x, deps := hooked(t)
	for _, h := range []*hub.Hub{x.Hub, x.hub("two")} { // neither runs the channel
		if code, err := post(h, x.channel, "k1", "It smokes"); code != http.StatusOK || err != nil {
			t.Fatal(code, err)
		}
	}
	if list := x.journal(t); len(list) != 1 || list[0].Event.Key != "k1" {
		t.Errorf("journal %+v", list)
	}
	if url := deps.HookURL(7); url != "https://desk.example/hooks/7" {
		t.Errorf("networks call %s", url)
	}
}

func TestCallsForNobodyAreMissing(t *testing.T) {
	x, _ := hooked(t)
	c := x.stored(t)
	c.Enabled = false
	must(t, x.UpdateChannel(t.Context(), c))
	deaf := newHouse(t)
	for name, try := range map[string]func() (int, error){
		"no channel":    func() (int, error) { return post(x.Hub, 99, "k1", "") },
		"switched off":  func() (int, error) { return post(x.Hub, x.channel, "k1", "") },
		"takes no call": func() (int, error) { return post(deaf.Hub, deaf.channel, "k1", "") },
	} {
		if _, err := try(); tickets.KindOf(err) != tickets.Missing {
			t.Errorf("%s: %v", name, err)
		}
	}
}

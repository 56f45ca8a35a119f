package hub

import (
	"net/http"

	"okno/channels"
	"okno/tickets"
)

// Hook hands a call of a network to the adapter of a channel, in whichever
// process it arrives; the adapter answers it. A channel that is not there, is
// switched off or takes no calls is Missing, and then nothing has been answered.
func (h *Hub) Hook(w http.ResponseWriter, r *http.Request, channel int64) error {
	missing := tickets.NewError(tickets.Missing, "", "hub.fault.missing")
	c, err := h.opts.Store.Channel(r.Context(), channel)
	if ok, err := exists(err); !ok || !c.Enabled {
		return orElse(err, missing)
	}
	_, a, err := h.adapter(r.Context(), channel)
	if err != nil {
		return err
	}
	hooked, ok := a.(channels.Hooked)
	if !ok {
		return missing
	}
	hooked.Hook(w, r, &sink{hub: h, channel: channel})
	return nil
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

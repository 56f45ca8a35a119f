package web

import (
	"okno/channels"
	"okno/channels/hub"
)

// suggest fills in what follows from the address, e.g. its servers, once for
// each address: before is the one it was done for last. A group in which
// somebody set something by hand stays as it is.
func suggest(k channels.Kind, ch hub.Channel, before string) {
	if k.Suggest == nil || ch.Settings[k.Address] == before {
		return
	}
	kept := byHand(k, ch.Settings, guess(k, before))
	guessed := k.Suggest(ch.Settings)
	for _, f := range k.Fields {
		if value, ok := guessed[f.Key]; ok && !kept[f.Group] {
			ch.Settings[f.Key] = value
		}
	}
}

// guess is what would be suggested for an address.
func guess(k channels.Kind, address string) map[string]string {
	if k.Suggest == nil {
		return nil
	}
	return k.Suggest(map[string]string{k.Address: address})
}

// byHand answers the groups in which a folded field is neither empty, nor its
// default, nor what was guessed.
func byHand(k channels.Kind, settings, guessed map[string]string) map[string]bool {
	groups := map[string]bool{}
	for _, f := range k.Fields {
		value := settings[f.Key]
		if f.More && value != "" && value != f.Default && value != guessed[f.Key] {
			groups[f.Group] = true
		}
	}
	return groups
}

// unfolded says that the folded settings have to be seen: one of them is wrong,
// or was changed by hand. What lacks only because the address does is filled in
// with the address.
func unfolded(k channels.Kind, ch hub.Channel, faults hub.Faults) bool {
	_, lost := faults[k.Address]
	for _, f := range k.Fields {
		_, wrong := faults[f.Key]
		if wrong && f.More && (!lost || k.Suggest == nil || ch.Settings[f.Key] != "") {
			return true
		}
	}
	return len(byHand(k, ch.Settings, guess(k, ch.Settings[k.Address]))) > 0
}

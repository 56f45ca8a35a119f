package formfile

import (
	"fmt"

	"okno/assets"
)

// shipped are the files a new desk begins with, in the order of its menu.
func shipped() []string {
	return []string{
		"menu", "outage", "access", "equipment", "certificate",
		"guest_pass", "car_pass", "maintenance", "purchase",
	}
}

// Shipped is the menu with its request types that a new desk begins with.
func Shipped() (File, error) {
	var all File
	for _, name := range shipped() {
		raw, err := assets.Forms.ReadFile("forms/" + name + ".yaml")
		if err != nil {
			return File{}, fmt.Errorf("read embedded form: %w", err)
		}
		f, _, err := Read(raw)
		if err != nil {
			return File{}, fmt.Errorf("read embedded form %s: %w", name, err)
		}
		all = all.Join(f)
	}
	return all, nil
}

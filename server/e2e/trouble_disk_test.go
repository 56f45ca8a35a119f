package e2e

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"okno/channels/email/mailtest"
	"okno/server"
	"okno/tickets/people"
)

// fullDisk is what people read while nothing can be saved.
func fullDisk() map[string]string {
	return map[string]string{"en": "the disk is full", "ru": "диск заполнен"}
}

// smallDisk mounts a file system of eight megabytes for one test.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if os.Geteuid() != 0 {
		peer(t, "needs a small file system of its own: run as root, so that tmpfs can be mounted")
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", dir).CombinedOutput(); err != nil {
		peer(t, "needs a small file system of its own, but mounting tmpfs failed: "+string(out))
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("unmount: %v: %s", err, out)
		}
	})
	return dir
}

// fill writes until there is no room.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(err.Error(), "no space") {
		t.Fatal(err)
	}
}

// TestFullDiskLosesNothingAndEndsByItself runs the desk as it is, with its own
// patience.
func TestFullDiskLosesNothingAndEndsByItself(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t)
	rig := mailtest.Start(t)
	rig.AddUser(helpAddress, helpPassword)
	rig.AddUser(annaAddress, "annapw")
	d := start(t, withAdmin(filepath.Join(disk, "data")), server.Options{})
	all := staff(t, d, people.Administrator)
	v := all["en"]
	page := v.connect(rig, helpAddress, helpPassword)
	rig.Deliver(helpAddress, asks(annaAddress, helpAddress, "Before"))
	d.eventually("the first mail is a ticket", func() bool { return v.there("/tickets/1") })
	was := d.cursor()

	ballast := filepath.Join(disk, "ballast")
	fill(t, ballast)
	full := time.Now()
	rig.Deliver(helpAddress, asks(annaAddress, helpAddress, "Meanwhile"))
	for language, words := range fullDisk() {
		took := within(t, patience, "the banner is shown in "+language, func() bool { return all[language].shows("/tickets?view=open", words) })
		t.Logf("banner in %s after %v", language, took)
	}
	fullReads(t, all, page)
	fullRefuses(t, all)
	if now := d.cursor(); now != was || v.there("/tickets/2") {
		t.Errorf("the mail was acknowledged: cursor %q, before %q", now, was)
	}
	// Longer than every lease: what stopped for want of one has to start again.
	within(t, time.Minute, "the disk was full for 35 seconds", func() bool { return time.Since(full) > 35*time.Second })
	if n := len(rig.Messages(helpAddress)); n != 2 {
		t.Errorf("%d mails are in the mailbox", n)
	}

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	freed := time.Now()
	within(t, 30*time.Second, "the mail is a ticket", func() bool { return v.there("/tickets/2") })
	within(t, 30*time.Second-time.Since(freed), "the banner is gone", func() bool {
		return !v.shows("/tickets?view=open", fullDisk()["en"])
	})
	t.Logf("all is well %v after there was room", time.Since(freed).Round(time.Millisecond))
	v.led("/tickets/1/messages", says("Kept through the night"))
	arrival(t, rig, annaAddress, "Kept through the night")
	if v.there("/tickets/3") || !v.shows("/tickets/2", "Please help: Meanwhile.") {
		t.Error("the mail did not become exactly one whole ticket")
	}
}

// cursor is how far the only mailbox was read.
func (d *desk) cursor() string {
	d.t.Helper()
	list, err := d.srv.Hub.Channels(d.t.Context())
	if err != nil || len(list) != 1 {
		d.t.Fatal(len(list), "channels", err)
	}
	at, err := d.srv.Store.Cursor(d.t.Context(), list[0].ID, "imap:INBOX")
	if err = errors.Join(err, d.t.Context().Err()); err != nil {
		d.t.Fatal(err)
	}
	return at
}

// fullReads opens what an agent reads all day.
func fullReads(t *testing.T, all map[string]*visitor, channel string) {
	t.Helper()
	for _, path := range []string{"/tickets?view=open", "/tickets/1", "/tickets/new", "/settings/ledger", "/settings/channels", channel} {
		for language, words := range fullDisk() {
			status, text := all[language].get(path)
			if status != http.StatusOK || !strings.Contains(text, words) {
				t.Errorf("%s in %s: %d, banner %v", path, language, status, strings.Contains(text, words))
			}
		}
	}
}

// fullRefuses tries to write.
func fullRefuses(t *testing.T, all map[string]*visitor) {
	t.Helper()
	for language, words := range fullDisk() {
		status, text := all[language].post("/tickets/1/messages", says("Kept through the night"))
		if status != http.StatusServiceUnavailable || !strings.Contains(text, words) {
			t.Errorf("%s: the reply was answered with %d:\n%s", language, status, text)
		}
		if !strings.Contains(text, "Kept through the night") {
			t.Errorf("%s: the typed text is gone", language)
		}
	}
}

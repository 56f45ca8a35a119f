package tnef

import (
	"bytes"
	_ "embed"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

//go:embed testdata/winmail.dat
var winmail []byte

func TestDecode(t *testing.T) {
	m, err := Decode(winmail)
	if err != nil {
		t.Fatal(err)
	}
	if m.Text != "Текст из Outlook." {
		t.Errorf("text %q", m.Text)
	}
	if len(m.Files) != 2 || m.Files[0].Name != "отчёт.txt" || string(m.Files[0].Data) != "hello report" || m.Files[0].Type != "text/plain" {
		t.Fatalf("files %+v", m.Files)
	}
	if m.Files[1].Name != "b.bin" || len(m.Files[1].Data) != 256 {
		t.Errorf("second file %+v", m.Files[1])
	}
}

func TestDecodeCutOff(t *testing.T) {
	for size := range winmail {
		if _, err := Decode(winmail[:size]); err != nil && !errors.Is(err, ErrFormat) {
			t.Fatalf("%d bytes: %v", size, err)
		}
	}
	m, _ := Decode(winmail[:len(winmail)-100])
	if len(m.Files) != 2 {
		t.Errorf("a cut file gives %d files", len(m.Files))
	}
}

// TestAgreesWithTnef compares the files with those the tool tnef unpacks.
func TestAgreesWithTnef(t *testing.T) {
	tool, err := exec.LookPath("tnef")
	if err != nil {
		if os.Getenv("OKNO_REQUIRE_PEERS") == "1" {
			t.Fatal("tnef is not installed (Debian package tnef)")
		}
		t.Skip("tnef is not installed (Debian package tnef)")
	}
	dir := t.TempDir()
	c := exec.CommandContext(t.Context(), tool, "--number-backups", "-C", dir, "testdata/winmail.dat")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	m, err := Decode(winmail)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(m.Files) {
		t.Fatalf("tnef unpacks %v, %v; we find %d files", entries, err, len(m.Files))
	}
	for _, entry := range entries {
		theirs, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if !holds(m.Files, theirs) {
			t.Errorf("we do not find the content of %s", entry.Name())
		}
	}
}

func holds(files []File, data []byte) bool {
	for _, f := range files {
		if bytes.Equal(f.Data, data) {
			return true
		}
	}
	return false
}

// TestDecompress uses the examples of [MS-OXRTFCP] section 3.
func TestDecompress(t *testing.T) {
	simple := []byte{0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0, 0x0a, 0, 0x72, 0x63, 0x70,
		0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0}
	rtf, err := decompress(simple)
	if err != nil || string(rtf) != "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n" {
		t.Errorf("%q, %v", rtf, err)
	}
	if text := rtfText(rtf); text != "hello world" {
		t.Errorf("text %q", text)
	}
}

func TestRTFText(t *testing.T) {
	rtf := `{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator x}\u1055?\u1088?\u1080?\par one\tab two\{\}}`
	if text := rtfText([]byte(rtf)); text != "При\none\ttwo{}" {
		t.Errorf("%q", text)
	}
}

func FuzzTNEF(f *testing.F) {
	f.Add(winmail)
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := Decode(data); err != nil && !errors.Is(err, ErrFormat) {
			t.Error(err)
		}
		if rtf, err := decompress(data); err == nil {
			rtfText(rtf)
		}
	})
}

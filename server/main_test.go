package server_test

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"okno/server/cli"
)

// asDesk makes this test program behave as the program itself, so that tests
// can start it as a process without building it.
const asDesk = "OKNO_TEST_AS_DESK"

func TestMain(m *testing.M) {
	if os.Getenv(asDesk) == "" {
		os.Exit(m.Run())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, cli.Process{Args: os.Args[1:], Lookup: os.LookupEnv, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(code)
}

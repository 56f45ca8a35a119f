// Command okno is a help desk in one executable.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"okno/server/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, cli.Process{Args: os.Args[1:], Lookup: os.LookupEnv, Out: os.Stdout, Err: os.Stderr, Now: time.Now})
	stop()
	os.Exit(code)
}

// Command acmesolver answers one HTTP-01 challenge with cert-manager's own solver.
//
// Like that of the controller, its main package is in a module without a released version. The flags are those that
// cert-manager gives the Pods of its solver.
package main

import (
	"flag"
	"os"

	"github.com/cert-manager/cert-manager/pkg/issuer/acme/http/solver"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
)

func main() {
	h := &solver.HTTP01Solver{}
	flag.IntVar(&h.ListenPort, "listen-port", 8089, "port to listen on")
	flag.StringVar(&h.Domain, "domain", "", "name that is proven")
	flag.StringVar(&h.Token, "token", "", "token of the challenge")
	flag.StringVar(&h.Key, "key", "", "answer to the challenge")
	flag.Parse()
	logf.InitLogs()
	if err := h.Listen(logf.Log); err != nil {
		logf.Log.Error(err, "error listening")
		os.Exit(1)
	}
}

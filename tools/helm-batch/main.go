// Command helm-batch answers many `helm template` requests in one process.
//
// It reads one JSON job per line on standard input and writes one JSON result per line on standard output, in the
// same order, until standard input ends. Starting the helm command costs 40 ms; a job here costs what the rendering
// costs. The file of the Helm major version (helm3.go, helm4.go) has `render`, which takes the same steps as
// cmd/helm's template command, on the same library functions.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
)

// job is one `helm template NAME CHART` command line.
type job struct {
	Chart     string `json:"chart"`     // folder of the chart
	Name      string `json:"name"`      // release name
	Namespace string `json:"namespace"` // -n
	// Inline holds the texts of values files that need not exist on disk: `inline:K` in ValueFiles is Inline[K].
	Inline               []string `json:"inline"`
	ValueFiles           []string `json:"valueFiles"`           // -f
	Set                  []string `json:"set"`                  // --set
	SetString            []string `json:"setString"`            // --set-string
	SetJSON              []string `json:"setJson"`              // --set-json
	SetFile              []string `json:"setFile"`              // --set-file
	SetLiteral           []string `json:"setLiteral"`           // --set-literal
	APIVersions          []string `json:"apiVersions"`          // --api-versions
	KubeVersion          string   `json:"kubeVersion"`          // --kube-version
	IncludeCRDs          bool     `json:"includeCrds"`          // --include-crds
	NoHooks              bool     `json:"noHooks"`              // --no-hooks
	SkipTests            bool     `json:"skipTests"`            // --skip-tests
	IsUpgrade            bool     `json:"isUpgrade"`            // --is-upgrade
	SkipSchemaValidation bool     `json:"skipSchemaValidation"` // --skip-schema-validation
}

// result is what the command would have printed: `output` on standard output, or `error` after "Error: ".
type result struct {
	Output string `json:"output"`
	Error  string `json:"error"`
}

func main() {
	log.SetOutput(io.Discard) // warnings about coalesced values: the command's standard error
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	out := bufio.NewWriter(os.Stdout)
	answers := json.NewEncoder(out)
	answers.SetEscapeHTML(false)
	for {
		line, err := in.ReadBytes('\n')
		if err == io.EOF {
			return
		}
		if err != nil {
			fatal(err)
		}
		var j job
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&j); err != nil {
			fatal(err)
		}
		if err := answers.Encode(answer(j)); err != nil {
			fatal(err)
		}
		// Several waiting jobs share one write.
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				fatal(err)
			}
		}
	}
}

func answer(j job) (r result) {
	defer func() {
		if p := recover(); p != nil {
			r = result{Error: fmt.Sprintf("panic: %v", p)}
		}
	}()
	output, err := render(j)
	if err != nil {
		return result{Error: err.Error()}
	}
	return result{Output: output}
}

// inlineFiles gives values.Options the texts of a job under the scheme "inline", the way it fetches https: values.
type inlineFiles []string

func (files inlineFiles) read(url string) (*bytes.Buffer, error) {
	var k int
	if _, err := fmt.Sscanf(url, "inline:%d", &k); err != nil || k < 0 || k >= len(files) {
		return nil, fmt.Errorf("%s: no such inline values", url)
	}
	return bytes.NewBufferString(files[k]), nil
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, "helm-batch:", err)
	os.Exit(1)
}
